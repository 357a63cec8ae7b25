package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LibcTest extends Descriptors {
    @Test
    void aFailureIsAnswered() {
        assertEquals(-Errno.EBADF, Libc.close(-1));
        assertEquals(-Errno.EBADF, Libc.dup(-1));
        assertEquals(-Errno.EBADF, Libc.fcntl(-1, Layout.F_GETFL, 0));
        assertEquals(-Errno.EBADF, Libc.listen(-1, 1));
        assertEquals(-Errno.EBADF, Libc.shutdown(-1, Layout.SHUT_WR));
        assertEquals(-Errno.EBADF, Libc.epollCtl(-1, Layout.EPOLL_CTL_DEL, 0, 0));
        assertEquals(-Errno.EAFNOSUPPORT, Libc.socket(12345, Layout.SOCK_STREAM, 0));
        assertEquals(-Errno.EFAULT, Libc.pipe2(8, 0));
        assertEquals(-Errno.EINVAL, Libc.eventfd(0, -1));
        assertEquals(-Errno.EINVAL, Libc.epollCreate1(1));
        assertEquals(-Errno.EINVAL, Libc.prctl(-1, 0));
    }

    @Test
    void aSocketConnectsAndKnowsBothNames() {
        int listener = listener();
        int client = tcp();
        assertEquals(-Errno.EINPROGRESS, Libc.connect(client, at, Layout.SOCKADDR_IN_SIZE));
        room.putInt(128, Layout.SOCKADDR_IN_SIZE).putInt(132, Layout.SOCKADDR_IN_SIZE);
        ok(Libc.getpeername(client, at + 64, at + 128));
        assertEquals(room.getLong(0), room.getLong(64));
        int accepted = opened(JnaCalls.accept4(listener, 0, 0, 0));
        ok(Libc.getpeername(accepted, at + 64, at + 132));
        ok(Libc.getsockname(client, at + 96, at + 128));
        assertEquals(room.getLong(64), room.getLong(96));
        assertEquals(-Errno.ENOTCONN, Libc.getpeername(listener, at + 64, at + 128));
    }

    @Test
    void anOptionIsReadBack() {
        int fd = tcp();
        room.putInt(0, 1);
        ok(Libc.setsockopt(fd, Layout.IPPROTO_TCP, Layout.TCP_NODELAY, at, 4));
        room.putInt(8, 4);
        ok(Libc.getsockopt(fd, Layout.IPPROTO_TCP, Layout.TCP_NODELAY, at + 16, at + 8));
        assertEquals(1, room.getInt(16));
        assertEquals(4, room.getInt(8));
        assertEquals(-Errno.ENOPROTOOPT, Libc.setsockopt(fd, Layout.SOL_SOCKET, 12345, at, 4));
    }

    @Test
    void duplicatesCloseOnExecOnlyWhenAskedTo() {
        int fd = pipe()[0];
        int plain = opened(Libc.dup(fd));
        int closing = opened(Libc.fcntl(fd, Layout.F_DUPFD_CLOEXEC, 0));
        assertNotEquals(plain, closing);
        assertEquals(0, Libc.fcntl(plain, Layout.F_GETFD, 0));
        assertEquals(Layout.FD_CLOEXEC, Libc.fcntl(closing, Layout.F_GETFD, 0));
    }

    @Test
    void flagsOfAFileAreSet() {
        int fd = pipe()[0];
        int flags = Libc.fcntl(fd, Layout.F_GETFL, 0);
        assertEquals(Layout.O_NONBLOCK, flags & Layout.O_NONBLOCK);
        ok(Libc.fcntl(fd, Layout.F_SETFL, flags & ~Layout.O_NONBLOCK));
        assertEquals(0, Libc.fcntl(fd, Layout.F_GETFL, 0) & Layout.O_NONBLOCK);
    }

    @Test
    void bytesAreMovedFromAPipeToASocket() {
        int[] pipe = pipe();
        int[] sockets = sockets();
        int flags = Layout.SPLICE_F_NONBLOCK;
        assertEquals(-Errno.EAGAIN, Libc.splice(pipe[0], sockets[0], 10, flags));
        room.putInt(0, 0x12345678);
        assertEquals(4, JnaCalls.write(pipe[1], at, 4));
        assertEquals(3, Libc.splice(pipe[0], sockets[0], 3, flags));
        assertEquals(1, Libc.splice(pipe[0], sockets[0], 10, flags));
        assertEquals(4, JnaCalls.recv(sockets[1], at + 64, 10, 0));
        assertEquals(0x12345678, room.getInt(64));
        assertEquals(-Errno.EBADF, Libc.splice(-1, sockets[0], 10, flags));
    }

    @Test
    void theTimerSlackOfThisThreadIsSetAndReset() {
        int before = Libc.prctl(Layout.PR_GET_TIMERSLACK, 0);
        assertTrue(before > 0);
        ok(Libc.prctl(Layout.PR_SET_TIMERSLACK, 1));
        assertEquals(1, Libc.prctl(Layout.PR_GET_TIMERSLACK, 0));
        ok(Libc.prctl(Layout.PR_SET_TIMERSLACK, 0));
        assertEquals(before, Libc.prctl(Layout.PR_GET_TIMERSLACK, 0));
    }

    @Test
    void processorsAreReadAndSet() {
        int bytes = Libc.schedGetaffinity(0, 128, at);
        assertEquals(0, bytes);
        ok(Libc.schedSetaffinity(0, 128, at));
        assertEquals(-Errno.EINVAL, Libc.schedGetaffinity(0, 1, at));
    }

    @Test
    void thePageSizeIsAPowerOfTwo() {
        assertEquals(1, Integer.bitCount(Libc.pageSize()));
        assertTrue(Libc.pageSize() >= 4096);
    }
}
