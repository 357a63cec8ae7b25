package gyre.natives;

/** What both providers of the hot calls offer, so that one test can hold both to it. */
interface HotCalls {
    int recv(int fd, long address, int length, int flags);

    int send(int fd, long address, int length, int flags);

    int recvfrom(int fd, long address, int length, int flags, long name, long nameLength);

    int sendto(int fd, long address, int length, int flags, long name, int nameLength);

    int epollWait(int epfd, long events, int max, int timeoutMillis);

    int epollPwait2(int epfd, long events, int max, long timespec);

    int accept4(int fd, long address, long addressLength, int flags);

    int read(int fd, long address, int length);

    int write(int fd, long address, int length);

    int sendmsg(int fd, long msghdr, int flags);

    int recvmsg(int fd, long msghdr, int flags);

    int writev(int fd, long iov, int count);
}
