package gyre.natives;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The calls made once a socket or once a loop, by JNA's direct mapping. Pipes with flags, eventfd, epoll, prctl and
 * affinities are Linux's alone.
 *
 * <p>Each answers the C function's result if that is 0 or more, else −errno. Addresses are those of {@link Memory};
 * numbers and structures are those of {@link Layout}.
 */
public final class Libc {
    static {
        Native.register(C.class, NativeLibrary.getProcess());
        if (Platform.LINUX) {
            Native.register(Linux.class, NativeLibrary.getProcess());
        }
    }

    private Libc() {}

    /**
     * Creates a socket.
     *
     * @param domain {@code AF_…}
     * @param type {@code SOCK_…}, with {@code SOCK_NONBLOCK} and {@code SOCK_CLOEXEC}
     * @param protocol 0, or {@code IPPROTO_…}
     * @return the descriptor, or −errno
     */
    public static int socket(int domain, int type, int protocol) {
        return Platform.MACOS ? WithFlags.socket(domain, type, protocol) : result(C.socket(domain, type, protocol));
    }

    /**
     * Creates two connected sockets.
     *
     * @param domain {@code AF_UNIX}
     * @param type {@code SOCK_…}, with {@code SOCK_NONBLOCK} and {@code SOCK_CLOEXEC}
     * @param protocol 0
     * @param pair where the two descriptors go, an {@code int} each
     * @return 0, or −errno
     */
    public static int socketpair(int domain, int type, int protocol, long pair) {
        return Platform.MACOS
                ? WithFlags.socketpair(domain, type, protocol, pair)
                : result(C.socketpair(domain, type, protocol, pair));
    }

    /**
     * Names a socket.
     *
     * @param fd the socket
     * @param address a {@code sockaddr}
     * @param length its bytes
     * @return 0, or −errno
     */
    public static int bind(int fd, long address, int length) {
        return result(C.bind(fd, address, length));
    }

    /**
     * Makes a socket accept connections.
     *
     * @param fd the socket
     * @param backlog connections that may wait to be accepted
     * @return 0, or −errno
     */
    public static int listen(int fd, int backlog) {
        return result(C.listen(fd, backlog));
    }

    /**
     * Connects a socket, or begins to.
     *
     * @param fd the socket
     * @param address a {@code sockaddr}
     * @param length its bytes
     * @return 0, or −errno: {@code EINPROGRESS} when it has only begun
     */
    public static int connect(int fd, long address, int length) {
        return result(C.connect(fd, address, length));
    }

    /**
     * Reads the socket's own address.
     *
     * @param fd the socket
     * @param address where the {@code sockaddr} goes
     * @param length an {@code int}: the room on entry, the bytes on return
     * @return 0, or −errno
     */
    public static int getsockname(int fd, long address, long length) {
        return result(C.getsockname(fd, address, length));
    }

    /**
     * Reads the address at the other end.
     *
     * @param fd the socket
     * @param address where the {@code sockaddr} goes
     * @param length an {@code int}: the room on entry, the bytes on return
     * @return 0, or −errno
     */
    public static int getpeername(int fd, long address, long length) {
        return result(C.getpeername(fd, address, length));
    }

    /**
     * Reads a socket option.
     *
     * @param fd the socket
     * @param level {@code SOL_SOCKET} or {@code IPPROTO_…}
     * @param option {@code SO_…}, {@code TCP_…}, …
     * @param value where the value goes
     * @param length an {@code int}: the room on entry, the bytes on return
     * @return 0, or −errno
     */
    public static int getsockopt(int fd, int level, int option, long value, long length) {
        return result(C.getsockopt(fd, level, option, value, length));
    }

    /**
     * Sets a socket option.
     *
     * @param fd the socket
     * @param level {@code SOL_SOCKET} or {@code IPPROTO_…}
     * @param option {@code SO_…}, {@code TCP_…}, …
     * @param value the value's address
     * @param length its bytes
     * @return 0, or −errno
     */
    public static int setsockopt(int fd, int level, int option, long value, int length) {
        return result(C.setsockopt(fd, level, option, value, length));
    }

    /**
     * Ends one or both directions of a connection.
     *
     * @param fd the socket
     * @param how {@code SHUT_…}
     * @return 0, or −errno
     */
    public static int shutdown(int fd, int how) {
        return result(C.shutdown(fd, how));
    }

    /**
     * Closes a descriptor. On Linux it is gone whatever the answer, so {@code EINTR} must not be tried again.
     *
     * @param fd the descriptor
     * @return 0, or −errno
     */
    public static int close(int fd) {
        return result(C.close(fd));
    }

    /**
     * Duplicates a descriptor without close-on-exec; {@code fcntl(fd, F_DUPFD_CLOEXEC, 0)} duplicates it with.
     *
     * @param fd the descriptor
     * @return the new one, or −errno
     */
    public static int dup(int fd) {
        return result(C.dup(fd));
    }

    /**
     * Controls a descriptor. Variadic in C: most systems pass the third argument of such a function as of any other, Apple's
     * arm64 does not.
     *
     * @param fd the descriptor
     * @param command {@code F_…}
     * @param argument what the command takes, or 0
     * @return what the command gives, or −errno
     */
    public static int fcntl(int fd, int command, int argument) {
        return Platform.MACOS ? WithFlags.fcntl(fd, command, argument) : result(C.fcntl(fd, command, argument));
    }

    /**
     * Creates a pipe.
     *
     * @param pair where the two descriptors go, the reading end first, an {@code int} each
     * @param flags {@code O_NONBLOCK}, {@code O_CLOEXEC}
     * @return 0, or −errno
     */
    public static int pipe2(long pair, int flags) {
        return result(Linux.pipe2(pair, flags));
    }

    /**
     * Moves bytes between a pipe and something else without copying them. Offsets are the descriptors' own.
     *
     * @param from where they are
     * @param to where they go
     * @param length at most so many
     * @param flags {@code SPLICE_F_…}
     * @return how many were moved, or −errno
     */
    public static int splice(int from, int to, int length, int flags) {
        return result((int) Linux.splice(from, 0, to, 0, length, flags));
    }

    /**
     * Creates an event counter.
     *
     * @param initial its first value
     * @param flags {@code EFD_…}
     * @return the descriptor, or −errno
     */
    public static int eventfd(int initial, int flags) {
        return result(Linux.eventfd(initial, flags));
    }

    /**
     * Creates an epoll instance.
     *
     * @param flags {@code EPOLL_CLOEXEC}
     * @return the descriptor, or −errno
     */
    public static int epollCreate1(int flags) {
        return result(Linux.epoll_create1(flags));
    }

    /**
     * Changes what an epoll instance watches.
     *
     * @param epfd the instance
     * @param operation {@code EPOLL_CTL_…}
     * @param fd the descriptor to watch
     * @param event an {@code epoll_event}, or 0 to delete
     * @return 0, or −errno
     */
    public static int epollCtl(int epfd, int operation, int fd, long event) {
        return result(Linux.epoll_ctl(epfd, operation, fd, event));
    }

    /**
     * Reads or sets a property of the calling thread.
     *
     * @param option {@code PR_SET_TIMERSLACK} or {@code PR_GET_TIMERSLACK}
     * @param argument what the option takes, or 0
     * @return what the option gives, or −errno
     */
    public static int prctl(int option, long argument) {
        return result(Linux.prctl(option, argument, 0, 0, 0));
    }

    /**
     * Binds a thread to processors.
     *
     * @param thread a thread id, or 0 for the calling thread
     * @param size bytes of the mask, a multiple of 8
     * @param mask a bit a processor
     * @return 0, or −errno
     */
    public static int schedSetaffinity(int thread, long size, long mask) {
        return result(Linux.sched_setaffinity(thread, size, mask));
    }

    /**
     * Reads the processors that a thread may run on.
     *
     * @param thread a thread id, or 0 for the calling thread
     * @param size bytes of the mask, a multiple of 8
     * @param mask where a bit a processor goes
     * @return 0, or −errno
     */
    public static int schedGetaffinity(int thread, long size, long mask) {
        return result(Linux.sched_getaffinity(thread, size, mask));
    }

    /**
     * The page size.
     *
     * @return in bytes
     */
    public static int pageSize() {
        return C.getpagesize();
    }

    static long mmap(long address, long length, int protection, int flags, int fd, long offset) {
        long at = C.mmap(address, length, protection, flags, fd, offset);
        return at != -1 ? at : -Native.getLastError();
    }

    static int mprotect(long address, long length, int protection) {
        return result(C.mprotect(address, length, protection));
    }

    static int munmap(long address, long length) {
        return result(C.munmap(address, length));
    }

    static int result(int value) {
        return value != -1 ? value : -Native.getLastError();
    }

    /** The C functions under their own names: {@code size_t} is {@code long}. */
    private static final class C {
        static native int socket(int domain, int type, int protocol);

        static native int socketpair(int domain, int type, int protocol, long pair);

        static native int bind(int fd, long address, int length);

        static native int listen(int fd, int backlog);

        static native int connect(int fd, long address, int length);

        static native int getsockname(int fd, long address, long length);

        static native int getpeername(int fd, long address, long length);

        static native int getsockopt(int fd, int level, int option, long value, long length);

        static native int setsockopt(int fd, int level, int option, long value, int length);

        static native int shutdown(int fd, int how);

        static native int close(int fd);

        static native int dup(int fd);

        static native int fcntl(int fd, int command, long argument);

        static native int getpagesize();

        static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

        static native int mprotect(long address, long length, int protection);

        static native int munmap(long address, long length);
    }

    /** Those that other systems lack: never bound there. */
    private static final class Linux {
        static native int pipe2(long pair, int flags);

        static native long splice(int from, long fromOffset, int to, long toOffset, long length, int flags);

        static native int eventfd(int initial, int flags);

        static native int epoll_create1(int flags);

        static native int epoll_ctl(int epfd, int operation, int fd, long event);

        static native int prctl(int option, long a, long b, long c, long d);

        static native int sched_setaffinity(int thread, long size, long mask);

        static native int sched_getaffinity(int thread, long size, long mask);
    }
}
