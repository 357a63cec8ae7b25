package gyre.natives;

/**
 * The calls made for every event and every message. Each answers the kernel's result if that is 0 or more, else −errno,
 * and allocates nothing.
 *
 * <p>Two providers give the same answers: <i>stub</i>, machine code that JNI calls directly, and <i>jna</i>, JNA's direct
 * mapping. Which one is settled when this class is loaded and never changes, so the compiler folds the choice away. The
 * property {@code gyre.natives} names it: {@code auto} (stubs, else JNA), {@code stub} or {@code jna}.
 *
 * <p>The caller keeps every buffer that it passes reachable until the call has returned.
 */
public final class Sys {
    private static final boolean STUBS = Provider.CHOSEN.stubs();

    private Sys() {}

    /**
     * Who makes the calls.
     *
     * @return {@code "stub"} or {@code "jna"}
     */
    public static String provider() {
        return STUBS ? "stub" : "jna";
    }

    /**
     * Receives from a connected socket.
     *
     * @param fd the socket
     * @param address where the bytes go
     * @param length at most so many
     * @param flags {@code MSG_…}
     * @return bytes received (0 when the other end has finished), or −errno
     */
    public static int recv(int fd, long address, int length, int flags) {
        return STUBS ? Stubs.recv(fd, address, length, flags) : JnaCalls.recv(fd, address, length, flags);
    }

    /**
     * Sends on a connected socket.
     *
     * @param fd the socket
     * @param address where the bytes are
     * @param length how many
     * @param flags {@code MSG_…}
     * @return bytes taken, or −errno
     */
    public static int send(int fd, long address, int length, int flags) {
        return STUBS ? Stubs.send(fd, address, length, flags) : JnaCalls.send(fd, address, length, flags);
    }

    /**
     * Receives a datagram, and who sent it.
     *
     * @param fd the socket
     * @param address where the bytes go
     * @param length at most so many
     * @param flags {@code MSG_…}
     * @param name where the sender's {@code sockaddr} goes, or 0
     * @param nameLength the address of an {@code int}: the room on entry, the bytes on return; or 0
     * @return bytes received, or −errno; with {@code MSG_TRUNC} among the flags Linux answers how many the datagram had
     */
    public static int recvfrom(int fd, long address, int length, int flags, long name, long nameLength) {
        return STUBS
                ? Stubs.recvfrom(fd, address, length, flags, name, nameLength)
                : JnaCalls.recvfrom(fd, address, length, flags, name, nameLength);
    }

    /**
     * Sends a datagram.
     *
     * @param fd the socket
     * @param address where the bytes are
     * @param length how many
     * @param flags {@code MSG_…}
     * @param name the {@code sockaddr} of whom it goes to; 0 for the peer of a connected socket
     * @param nameLength its bytes
     * @return bytes taken, or −errno
     */
    public static int sendto(int fd, long address, int length, int flags, long name, int nameLength) {
        return STUBS
                ? Stubs.sendto(fd, address, length, flags, name, nameLength)
                : JnaCalls.sendto(fd, address, length, flags, name, nameLength);
    }

    /**
     * Waits for events, to the millisecond.
     *
     * @param epfd the epoll instance
     * @param events where they go, {@code EPOLL_EVENT_SIZE} bytes each
     * @param max room for so many, at least 1
     * @param timeoutMillis how long to wait; −1 for ever
     * @return how many came, or −errno
     */
    public static int epollWait(int epfd, long events, int max, int timeoutMillis) {
        return STUBS
                ? Stubs.epollWait(epfd, events, max, timeoutMillis)
                : JnaCalls.epollWait(epfd, events, max, timeoutMillis);
    }

    /**
     * Waits for events, to the nanosecond. Linux 5.11 and later; before that the answer is −ENOSYS.
     *
     * @param epfd the epoll instance
     * @param events where they go, {@code EPOLL_EVENT_SIZE} bytes each
     * @param max room for so many, at least 1
     * @param timespec how long to wait, a {@code timespec}; 0 for ever
     * @return how many came, or −errno
     */
    public static int epollPwait2(int epfd, long events, int max, long timespec) {
        return STUBS
                ? Stubs.epollPwait2(epfd, events, max, timespec)
                : JnaCalls.epollPwait2(epfd, events, max, timespec);
    }

    /**
     * Accepts a connection.
     *
     * @param fd the listening socket
     * @param address where the other end's {@code sockaddr} goes, or 0
     * @param addressLength an {@code int}: the room on entry, the bytes on return; or 0
     * @param flags {@code SOCK_NONBLOCK}, {@code SOCK_CLOEXEC}
     * @return the descriptor, or −errno
     */
    public static int accept4(int fd, long address, long addressLength, int flags) {
        return STUBS
                ? Stubs.accept4(fd, address, addressLength, flags)
                : JnaCalls.accept4(fd, address, addressLength, flags);
    }

    /**
     * Reads from a descriptor.
     *
     * @param fd the descriptor
     * @param address where the bytes go
     * @param length at most so many
     * @return bytes read (0 at the end), or −errno
     */
    public static int read(int fd, long address, int length) {
        return STUBS ? Stubs.read(fd, address, length) : JnaCalls.read(fd, address, length);
    }

    /**
     * Writes to a descriptor.
     *
     * @param fd the descriptor
     * @param address where the bytes are
     * @param length how many
     * @return bytes taken, or −errno
     */
    public static int write(int fd, long address, int length) {
        return STUBS ? Stubs.write(fd, address, length) : JnaCalls.write(fd, address, length);
    }

    /**
     * Sends a message, with its address, pieces and control data.
     *
     * @param fd the socket
     * @param msghdr a {@code msghdr}
     * @param flags {@code MSG_…}
     * @return bytes taken, or −errno
     */
    public static int sendmsg(int fd, long msghdr, int flags) {
        return STUBS ? Stubs.sendmsg(fd, msghdr, flags) : JnaCalls.sendmsg(fd, msghdr, flags);
    }

    /**
     * Receives a message, with its address, pieces and control data.
     *
     * @param fd the socket
     * @param msghdr a {@code msghdr}
     * @param flags {@code MSG_…}
     * @return bytes received, or −errno
     */
    public static int recvmsg(int fd, long msghdr, int flags) {
        return STUBS ? Stubs.recvmsg(fd, msghdr, flags) : JnaCalls.recvmsg(fd, msghdr, flags);
    }

    /**
     * Writes several pieces of memory, one after another.
     *
     * @param fd the descriptor
     * @param iov an array of {@code iovec}
     * @param count how many
     * @return bytes taken, or −errno
     */
    public static int writev(int fd, long iov, int count) {
        return STUBS ? Stubs.writev(fd, iov, count) : JnaCalls.writev(fd, iov, count);
    }
}
