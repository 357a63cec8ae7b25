package gyre.natives;

/**
 * The hot calls as JNI sees them. Nothing defines these methods until {@link StubBinder} has bound each to machine code;
 * before that a call is an {@code UnsatisfiedLinkError}.
 */
final class Stubs {
    private Stubs() {}

    static native int recv(int fd, long address, int length, int flags);

    static native int send(int fd, long address, int length, int flags);

    static native int recvfrom(int fd, long address, int length, int flags, long name, long nameLength);

    static native int sendto(int fd, long address, int length, int flags, long name, int nameLength);

    static native int epollWait(int epfd, long events, int max, int timeoutMillis);

    static native int epollPwait2(int epfd, long events, int max, long timespec);

    static native int accept4(int fd, long address, long addressLength, int flags);

    static native int read(int fd, long address, int length);

    static native int write(int fd, long address, int length);

    static native int sendmsg(int fd, long msghdr, int flags);

    static native int recvmsg(int fd, long msghdr, int flags);

    static native int writev(int fd, long iov, int count);
}
