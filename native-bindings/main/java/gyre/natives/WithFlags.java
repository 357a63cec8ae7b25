package gyre.natives;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;

/**
 * Sockets that don't block and aren't inherited, where the calls that open them take no flags for it: macOS. Works on any
 * system.
 */
final class WithFlags {
    /** Headers of macOS, as the libc crate 0.2.139 quotes them; elsewhere {@code MSG_NOSIGNAL} does it. */
    private static final int SO_NOSIGPIPE = Platform.MACOS ? 0x1022 : Layout.ABSENT;

    private static final ByteBuffer ON = Memory.buffer(Integer.BYTES).putInt(0, 1);
    private static final long ON_ADDRESS = Memory.address(ON);

    private static final Variadic VARIADIC = Native.load(Variadic.class);

    static {
        Native.register(C.class, NativeLibrary.getProcess());
    }

    private WithFlags() {}

    static int socket(int domain, int type, int protocol) {
        int flags = type & (Layout.SOCK_NONBLOCK | Layout.SOCK_CLOEXEC);
        return prepared(Libc.result(C.socket(domain, type - flags, protocol)), flags);
    }

    /** Both or none. */
    static int socketpair(int domain, int type, int protocol, long pair) {
        int flags = type & (Layout.SOCK_NONBLOCK | Layout.SOCK_CLOEXEC);
        int result = Libc.result(C.socketpair(domain, type - flags, protocol, pair));
        if (result < 0) {
            return result;
        }
        ByteBuffer numbers = Memory.view(pair, 2 * Integer.BYTES);
        int first = prepared(numbers.getInt(0), flags);
        int second = first < 0 ? first : prepared(numbers.getInt(Integer.BYTES), flags);
        if (first < 0) {
            Libc.close(numbers.getInt(Integer.BYTES));
        } else if (second < 0) {
            Libc.close(first);
        }
        return Math.min(second, 0);
    }

    static int accept(int fd, long address, long addressLength, int flags) {
        return prepared(Libc.result(C.accept(fd, address, addressLength)), flags);
    }

    static int fcntl(int fd, int command, int argument) {
        return Libc.result(VARIADIC.fcntl(fd, command, argument));
    }

    private static int prepared(int fd, int flags) {
        if (fd < 0) {
            return fd;
        }
        int result = 0;
        if ((flags & Layout.SOCK_CLOEXEC) != 0) {
            result = fcntl(fd, Layout.F_SETFD, Layout.FD_CLOEXEC);
        }
        if (result >= 0 && (flags & Layout.SOCK_NONBLOCK) != 0) {
            result = fcntl(fd, Layout.F_SETFL, Layout.O_RDWR | Layout.O_NONBLOCK);
        }
        if (result < 0) {
            Libc.close(fd);
            return result;
        }
        if (SO_NOSIGPIPE != Layout.ABSENT) {
            // Refused where the other end has closed already; the JVM ignores the signal too.
            Libc.setsockopt(fd, Layout.SOL_SOCKET, SO_NOSIGPIPE, ON_ADDRESS, Integer.BYTES);
        }
        return fd;
    }

    /** Interface mapping, which knows that C takes any number of arguments here: Apple's arm64 passes those on the stack. */
    interface Variadic extends Library {
        int fcntl(int fd, int command, Object... arguments);
    }

    /** The C functions under their own names. */
    private static final class C {
        static native int socket(int domain, int type, int protocol);

        static native int socketpair(int domain, int type, int protocol, long pair);

        static native int accept(int fd, long address, long addressLength);
    }
}
