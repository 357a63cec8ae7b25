package gyre.sys.posix;

import static gyre.natives.Layout.ABSENT;
import static gyre.natives.Layout.IPPROTO_TCP;
import static gyre.natives.Layout.IPPROTO_UDP;
import static gyre.natives.Layout.SOCKADDR_STORAGE_SIZE;
import static gyre.natives.Layout.SOCK_STREAM;
import static gyre.natives.Layout.SOL_SOCKET;
import static gyre.natives.Layout.SO_ERROR;
import static gyre.natives.Layout.SO_PROTOCOL;

import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.sys.Addresses;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The cold calls that all kinds of sockets share, with their arguments in the thread's {@link Scratch}. */
final class SocketCalls {
    private SocketCalls() {}

    static void bind(PosixSource socket, int domain, SocketAddress local) throws IOException {
        ByteBuffer scratch = Scratch.get();
        int length = SockAddr.encode(local, domain, scratch);
        int result = Libc.bind(socket.fd.number(), Scratch.address(scratch, Scratch.ADDRESS), length);
        if (result < 0) {
            throw socket.failure(result, "bind " + Addresses.text(local));
        }
    }

    static SocketAddress local(PosixSource socket) throws IOException {
        ByteBuffer scratch = name(socket);
        return SockAddr.decode(scratch, scratch.getInt(Scratch.LENGTH));
    }

    private static ByteBuffer name(PosixSource socket) throws IOException {
        ByteBuffer scratch = Scratch.get().putInt(Scratch.LENGTH, SOCKADDR_STORAGE_SIZE);
        int result = Libc.getsockname(
                socket.fd.number(),
                Scratch.address(scratch, Scratch.ADDRESS),
                Scratch.address(scratch, Scratch.LENGTH));
        if (result < 0) {
            throw socket.failure(result, "getsockname");
        }
        return scratch;
    }

    /** What family of addresses it has. Not every system has an option for it, but each socket a name. */
    static int family(PosixSource socket) throws IOException {
        ByteBuffer scratch = name(socket);
        return SockAddr.family(scratch, scratch.getInt(Scratch.LENGTH));
    }

    /** macOS does not say; it has no other kinds that a process is usually handed. */
    static int protocol(PosixSource socket, int type) throws IOException {
        return SO_PROTOCOL != ABSENT
                ? get(socket, SOL_SOCKET, SO_PROTOCOL)
                : type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP;
    }

    /** The other end, or null while there is none; macOS has none any more, by EINVAL, where both sides have ended. */
    static @Nullable SocketAddress peer(PosixSource socket) throws IOException {
        ByteBuffer scratch = Scratch.get().putInt(Scratch.LENGTH, SOCKADDR_STORAGE_SIZE);
        int result = Libc.getpeername(
                socket.fd.number(),
                Scratch.address(scratch, Scratch.ADDRESS),
                Scratch.address(scratch, Scratch.LENGTH));
        if (result == -Errno.ENOTCONN || result == -Errno.EINVAL) {
            return null;
        }
        if (result < 0) {
            throw socket.failure(result, "getpeername");
        }
        return SockAddr.decode(scratch, scratch.getInt(Scratch.LENGTH));
    }

    /** Fetches and clears the error that waits, or 0. */
    static int error(PosixSource socket) throws IOException {
        return get(socket, SOL_SOCKET, SO_ERROR);
    }

    static int get(PosixSource socket, int level, int option) throws IOException {
        int result = tryGet(socket.fd.number(), level, option);
        if (result < 0) {
            throw socket.failure(result, "getsockopt " + level + "/" + option);
        }
        return Scratch.get().getInt(Scratch.VALUE);
    }

    /** 0 and the value in the scratch memory, or −errno. */
    static int tryGet(int fd, int level, int option) {
        Scratch.get().putLong(Scratch.VALUE, 0);
        return tryGet(fd, level, option, Scratch.VALUE, 2 * Integer.BYTES);
    }

    /** 0, and the value at that place of the scratch memory and its length in {@link Scratch#LENGTH}, or −errno. */
    static int tryGet(int fd, int level, int option, int at, int length) {
        ByteBuffer scratch = Scratch.get().putInt(Scratch.LENGTH, length);
        return Libc.getsockopt(
                fd, level, option, Scratch.address(scratch, at), Scratch.address(scratch, Scratch.LENGTH));
    }

    static void set(PosixSource socket, int level, int option, int value) throws IOException {
        set(socket, level, option, Scratch.get().putInt(Scratch.VALUE, value), Integer.BYTES);
    }

    static void set(PosixSource socket, int level, int option, ByteBuffer scratch, int length) throws IOException {
        int result =
                Libc.setsockopt(socket.fd.number(), level, option, Scratch.address(scratch, Scratch.VALUE), length);
        if (result < 0) {
            throw socket.failure(result, "setsockopt " + level + "/" + option);
        }
    }
}
