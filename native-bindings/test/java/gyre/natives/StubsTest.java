package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.BeforeAll;

class StubsTest extends HotCallsContract implements HotCalls {
    @BeforeAll
    static void bind() {
        assertNull(StubBinder.bind());
    }

    @Override
    HotCalls calls() {
        return this;
    }

    @Override
    public int recv(int fd, long address, int length, int flags) {
        return Stubs.recv(fd, address, length, flags);
    }

    @Override
    public int send(int fd, long address, int length, int flags) {
        return Stubs.send(fd, address, length, flags);
    }

    @Override
    public int recvfrom(int fd, long address, int length, int flags, long name, long nameLength) {
        return Stubs.recvfrom(fd, address, length, flags, name, nameLength);
    }

    @Override
    public int sendto(int fd, long address, int length, int flags, long name, int nameLength) {
        return Stubs.sendto(fd, address, length, flags, name, nameLength);
    }

    @Override
    public int epollWait(int epfd, long events, int max, int timeoutMillis) {
        return Stubs.epollWait(epfd, events, max, timeoutMillis);
    }

    @Override
    public int epollPwait2(int epfd, long events, int max, long timespec) {
        return Stubs.epollPwait2(epfd, events, max, timespec);
    }

    @Override
    public int accept4(int fd, long address, long addressLength, int flags) {
        return Stubs.accept4(fd, address, addressLength, flags);
    }

    @Override
    public int read(int fd, long address, int length) {
        return Stubs.read(fd, address, length);
    }

    @Override
    public int write(int fd, long address, int length) {
        return Stubs.write(fd, address, length);
    }

    @Override
    public int sendmsg(int fd, long msghdr, int flags) {
        return Stubs.sendmsg(fd, msghdr, flags);
    }

    @Override
    public int recvmsg(int fd, long msghdr, int flags) {
        return Stubs.recvmsg(fd, msghdr, flags);
    }

    @Override
    public int writev(int fd, long iov, int count) {
        return Stubs.writev(fd, iov, count);
    }
}
