package gyre.sys.posix;

import static gyre.natives.Layout.AF_INET;
import static gyre.natives.Layout.AF_INET6;
import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.F_DUPFD_CLOEXEC;
import static gyre.natives.Layout.F_GETFL;
import static gyre.natives.Layout.F_SETFL;
import static gyre.natives.Layout.IPPROTO_IPV6;
import static gyre.natives.Layout.IPPROTO_TCP;
import static gyre.natives.Layout.IPPROTO_UDP;
import static gyre.natives.Layout.IPV6_V6ONLY;
import static gyre.natives.Layout.O_NONBLOCK;
import static gyre.natives.Layout.SOCK_CLOEXEC;
import static gyre.natives.Layout.SOCK_DGRAM;
import static gyre.natives.Layout.SOCK_NONBLOCK;
import static gyre.natives.Layout.SOCK_STREAM;
import static gyre.natives.Layout.SOL_SOCKET;
import static gyre.natives.Layout.SO_ACCEPTCONN;
import static gyre.natives.Layout.SO_LINGER;
import static gyre.natives.Layout.SO_REUSEADDR;
import static gyre.natives.Layout.SO_TYPE;
import static gyre.natives.Layout.TCP_NODELAY;

import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.sys.PacketSocket;
import gyre.sys.SocketPair;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;

/**
 * Opens and adopts, and sets what differs from the system's defaults: TCP does not wait to fill packets
 * ({@code TCP_NODELAY}), a TCP listener may bind where connections of its predecessor are still dying
 * ({@code SO_REUSEADDR}), an IPv6 socket speaks IPv4 too, whatever the system's setting, and a datagram socket hears only
 * the groups that it has joined itself.
 */
final class Sockets {
    private static final SocketAddress NAMELESS = UnixDomainSocketAddress.of("");

    private Sockets() {}

    static PosixStream stream(ProtocolFamily family) throws IOException {
        int domain = domain(family);
        return prepared(new PosixStream(socket(domain, SOCK_STREAM), domain, null, false), domain);
    }

    static PosixListener listener(ProtocolFamily family) throws IOException {
        int domain = domain(family);
        return prepared(new PosixListener(socket(domain, SOCK_STREAM), domain, false), domain);
    }

    static PosixPacket packet(ProtocolFamily family) throws IOException {
        int domain = domain(family);
        return prepared(new PosixPacket(socket(domain, SOCK_DGRAM), domain, null), domain);
    }

    static SocketPair<StreamSocket> streamPair() throws IOException {
        ByteBuffer numbers = pair(SOCK_STREAM);
        return new SocketPair<>(
                new PosixStream(numbers.getInt(Scratch.VALUE), AF_UNIX, NAMELESS, false),
                new PosixStream(numbers.getInt(Scratch.VALUE + Integer.BYTES), AF_UNIX, NAMELESS, false));
    }

    static SocketPair<PacketSocket> packetPair() throws IOException {
        ByteBuffer numbers = pair(SOCK_DGRAM);
        return new SocketPair<>(
                new PosixPacket(numbers.getInt(Scratch.VALUE), AF_UNIX, NAMELESS),
                new PosixPacket(numbers.getInt(Scratch.VALUE + Integer.BYTES), AF_UNIX, NAMELESS));
    }

    private static ByteBuffer pair(int type) throws IOException {
        ByteBuffer scratch = Scratch.get();
        int result = Libc.socketpair(
                AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, Scratch.address(scratch, Scratch.VALUE));
        if (result < 0) {
            throw Failure.of(result, "open a pair of Unix sockets");
        }
        return scratch;
    }

    /** Duplicates a descriptor and finds out what it is. */
    static PosixSource adopt(int descriptor) throws IOException {
        int number = Libc.fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (number < 0) {
            throw Failure.of(number, "duplicate descriptor " + descriptor);
        }
        try {
            return identified(number, descriptor);
        } catch (IOException | RuntimeException e) {
            Libc.close(number);
            throw e;
        }
    }

    private static PosixSource identified(int number, int descriptor) throws IOException {
        int flags = Libc.fcntl(number, F_GETFL, 0);
        int result = flags < 0 ? flags : Libc.fcntl(number, F_SETFL, flags | O_NONBLOCK);
        if (result < 0) {
            throw Failure.of(result, "make descriptor " + descriptor + " non-blocking");
        }
        PosixFile file = new PosixFile(number);
        if (SocketCalls.tryGet(number, SOL_SOCKET, SO_TYPE) == -Errno.ENOTSOCK) {
            return file;
        }
        int type = SocketCalls.get(file, SOL_SOCKET, SO_TYPE);
        int domain = SocketCalls.family(file);
        int protocol = SocketCalls.protocol(file, type);
        boolean packets = type == SOCK_DGRAM && (domain == AF_UNIX || protocol == IPPROTO_UDP);
        if (type != SOCK_STREAM && !packets || domain != AF_INET && domain != AF_INET6 && domain != AF_UNIX) {
            throw new UnsupportedOperationException("descriptor " + descriptor + " is a socket of family " + domain
                    + ", type " + type + " and protocol " + protocol
                    + ": of sockets only TCP, UDP, and Unix streams and datagrams can be adopted");
        }
        if (packets) {
            return new PosixPacket(number, domain, SocketCalls.peer(file)).adopted();
        }
        boolean lingers = SocketCalls.get(file, SOL_SOCKET, SO_LINGER) != 0;
        if (SocketCalls.get(file, SOL_SOCKET, SO_ACCEPTCONN) != 0) {
            return noDelay(new PosixListener(number, domain, lingers), domain);
        }
        return noDelay(new PosixStream(number, domain, SocketCalls.peer(file), lingers), domain);
    }

    private static int socket(int domain, int type) throws IOException {
        int number = Libc.socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (number < 0) {
            throw Failure.of(number, "open " + SockAddr.describe(domain));
        }
        return number;
    }

    private static <S extends PosixSource> S prepared(S socket, int domain) throws IOException {
        try {
            if (domain == AF_INET6) {
                SocketCalls.set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
            }
            if (domain != AF_UNIX && socket instanceof PosixListener) {
                SocketCalls.set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
            }
            if (socket instanceof PosixPacket) {
                Multicast.onlyOwnGroups(socket, domain);
                return socket;
            }
            return noDelay(socket, domain);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static <S extends PosixSource> S noDelay(S socket, int domain) throws IOException {
        if (domain != AF_UNIX) {
            SocketCalls.set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
        }
        return socket;
    }

    private static int domain(ProtocolFamily family) {
        if (family == StandardProtocolFamily.INET) {
            return AF_INET;
        }
        if (family == StandardProtocolFamily.INET6) {
            return AF_INET6;
        }
        if (family == StandardProtocolFamily.UNIX) {
            return AF_UNIX;
        }
        throw new UnsupportedOperationException(
                "no sockets of family " + family + ": INET, INET6 or UNIX can be named");
    }
}
