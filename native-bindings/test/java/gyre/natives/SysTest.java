package gyre.natives;

/** Whichever provider this JVM was started with. */
class SysTest extends HotCallsContract implements HotCalls {
    @Override
    HotCalls calls() {
        return this;
    }

    @Override
    public int recv(int fd, long address, int length, int flags) {
        return Sys.recv(fd, address, length, flags);
    }

    @Override
    public int send(int fd, long address, int length, int flags) {
        return Sys.send(fd, address, length, flags);
    }

    @Override
    public int recvfrom(int fd, long address, int length, int flags, long name, long nameLength) {
        return Sys.recvfrom(fd, address, length, flags, name, nameLength);
    }

    @Override
    public int sendto(int fd, long address, int length, int flags, long name, int nameLength) {
        return Sys.sendto(fd, address, length, flags, name, nameLength);
    }

    @Override
    public int epollWait(int epfd, long events, int max, int timeoutMillis) {
        return Sys.epollWait(epfd, events, max, timeoutMillis);
    }

    @Override
    public int epollPwait2(int epfd, long events, int max, long timespec) {
        return Sys.epollPwait2(epfd, events, max, timespec);
    }

    @Override
    public int accept4(int fd, long address, long addressLength, int flags) {
        return Sys.accept4(fd, address, addressLength, flags);
    }

    @Override
    public int read(int fd, long address, int length) {
        return Sys.read(fd, address, length);
    }

    @Override
    public int write(int fd, long address, int length) {
        return Sys.write(fd, address, length);
    }

    @Override
    public int sendmsg(int fd, long msghdr, int flags) {
        return Sys.sendmsg(fd, msghdr, flags);
    }

    @Override
    public int recvmsg(int fd, long msghdr, int flags) {
        return Sys.recvmsg(fd, msghdr, flags);
    }

    @Override
    public int writev(int fd, long iov, int count) {
        return Sys.writev(fd, iov, count);
    }
}
