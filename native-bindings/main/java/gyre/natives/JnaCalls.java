package gyre.natives;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The hot calls by JNA's direct mapping: the provider that works wherever JNA does.
 *
 * <p>JNA keeps errno for the thread right after each call, so it is read only after a −1, and is safe from whatever the
 * JVM calls in between. Sizes are widened with their sign, as the stubs do it.
 */
final class JnaCalls {
    static {
        Native.register(C.class, NativeLibrary.getProcess());
        if (!Platform.MACOS) {
            Native.register(Accept4.class, NativeLibrary.getProcess());
        }
        if (Platform.LINUX) {
            Native.register(Linux.class, NativeLibrary.getProcess());
        }
    }

    private JnaCalls() {}

    /** Has them bound. */
    static void load() {}

    static int recv(int fd, long address, int length, int flags) {
        return result(C.recv(fd, address, length, flags));
    }

    static int send(int fd, long address, int length, int flags) {
        return result(C.send(fd, address, length, flags));
    }

    static int recvfrom(int fd, long address, int length, int flags, long name, long nameLength) {
        return result(C.recvfrom(fd, address, length, flags, name, nameLength));
    }

    static int sendto(int fd, long address, int length, int flags, long name, int nameLength) {
        return result(C.sendto(fd, address, length, flags, name, nameLength));
    }

    static int epollWait(int epfd, long events, int max, int timeoutMillis) {
        return result(Linux.epoll_wait(epfd, events, max, timeoutMillis));
    }

    /** By its number: glibc has had a function for it only since 2.35. */
    static int epollPwait2(int epfd, long events, int max, long timespec) {
        return result(Linux.syscall(Layout.SYS_EPOLL_PWAIT2, epfd, events, max, timespec, 0, 0));
    }

    static int accept4(int fd, long address, long addressLength, int flags) {
        return Platform.MACOS
                ? WithFlags.accept(fd, address, addressLength, flags)
                : result(Accept4.accept4(fd, address, addressLength, flags));
    }

    static int read(int fd, long address, int length) {
        return result(C.read(fd, address, length));
    }

    static int write(int fd, long address, int length) {
        return result(C.write(fd, address, length));
    }

    static int sendmsg(int fd, long msghdr, int flags) {
        return result(C.sendmsg(fd, msghdr, flags));
    }

    static int recvmsg(int fd, long msghdr, int flags) {
        return result(C.recvmsg(fd, msghdr, flags));
    }

    static int writev(int fd, long iov, int count) {
        return result(C.writev(fd, iov, count));
    }

    /** By its number: glibc has had a function for it only since 2.27. */
    static int memfdCreate(long name, int flags) {
        return result(Linux.syscall(Layout.SYS_MEMFD_CREATE, name, flags, 0, 0, 0, 0));
    }

    private static int result(long value) {
        return value >= 0 ? (int) value : -Native.getLastError();
    }

    /** The C functions under their own names: {@code size_t} and {@code ssize_t} are {@code long}. */
    private static final class C {
        static native long recv(int fd, long buffer, long length, int flags);

        static native long send(int fd, long buffer, long length, int flags);

        static native long recvfrom(int fd, long buffer, long length, int flags, long name, long nameLength);

        static native long sendto(int fd, long buffer, long length, int flags, long name, int nameLength);

        static native long read(int fd, long buffer, long length);

        static native long write(int fd, long buffer, long length);

        static native long sendmsg(int fd, long msghdr, int flags);

        static native long recvmsg(int fd, long msghdr, int flags);

        static native long writev(int fd, long iov, int count);
    }

    /** What macOS lacks: never bound there. */
    private static final class Accept4 {
        static native int accept4(int fd, long address, long addressLength, int flags);
    }

    /** What other systems lack: never bound there. */
    private static final class Linux {
        static native int epoll_wait(int epfd, long events, int max, int timeout);

        /** Variadic in C, which changes nothing on Linux. */
        static native long syscall(long number, long a, long b, long c, long d, long e, long f);
    }
}
