package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the hot calls behave, whoever makes them. */
abstract class HotCallsContract extends Descriptors {
    abstract HotCalls calls();

    @Test
    void aBadDescriptorIsAnAnswer() {
        HotCalls calls = calls();
        int bad = -Errno.EBADF;
        emptyMessage();
        assertEquals(bad, calls.recv(-1, at, 0, 0));
        assertEquals(bad, calls.send(-1, at, 0, 0));
        assertEquals(bad, calls.recvfrom(-1, at, 0, 0, 0, 0));
        assertEquals(bad, calls.sendto(-1, at, 0, 0, 0, 0));
        assertEquals(bad, calls.epollWait(-1, at, 1, 0));
        assertEquals(hasPwait2() ? bad : -Errno.ENOSYS, calls.epollPwait2(-1, at, 1, 0));
        assertEquals(bad, calls.accept4(-1, 0, 0, 0));
        assertEquals(bad, calls.read(-1, at, 0));
        assertEquals(bad, calls.write(-1, at, 0));
        assertEquals(bad, calls.sendmsg(-1, at, 0));
        assertEquals(bad, calls.recvmsg(-1, at, 0));
        assertEquals(bad, calls.writev(-1, at + 64, 1));
    }

    @Test
    void wouldBlockIsAnAnswer() {
        int[] sockets = sockets();
        int[] pipe = pipe();
        int again = -Errno.EAGAIN;
        assertEquals(again, calls().recv(sockets[0], at, 64, 0));
        assertEquals(again, calls().read(pipe[0], at, 64));
        assertEquals(again, calls().accept4(listener(), 0, 0, 0));
        emptyMessage();
        assertEquals(again, calls().recvmsg(sockets[0], at, 0));
        int result;
        do {
            result = calls().write(pipe[1], at, 4096);
        } while (result > 0);
        assertEquals(again, result);
    }

    @Test
    void anAddressOutsideMemoryIsAnAnswer() {
        int[] sockets = sockets();
        assertEquals(-Errno.EFAULT, calls().send(sockets[0], 8, 64, 0));
        assertEquals(-Errno.EFAULT, calls().write(sockets[0], -4096, 64));
        assertEquals(-Errno.EFAULT, calls().writev(sockets[0], 8, 1));
    }

    @Test
    void aNegativeLengthIsRefusedRatherThanTakenForAHugeOne() {
        // EAGAIN, or a count, would mean that the kernel took it for 4 GiB.
        List<Integer> refusals = List.of(-Errno.EFAULT, -Errno.EINVAL);
        assertTrue(refusals.contains(calls().read(pipe()[0], at, -1)));
        assertTrue(refusals.contains(calls().write(pipe()[1], at, -1)));
    }

    @Test
    void sendAndRecvMoveBytesAndHeedTheirFlags() {
        int[] sockets = sockets();
        put(0, "hello");
        assertEquals(5, calls().send(sockets[0], at, 5, Layout.MSG_NOSIGNAL));
        assertEquals(5, calls().recv(sockets[1], at + 100, 64, Layout.MSG_PEEK));
        assertEquals("hello", text(100, 5));
        assertEquals(2, calls().recv(sockets[1], at + 200, 2, 0));
        assertEquals(3, calls().recv(sockets[1], at + 202, 64, 0));
        assertEquals("hello", text(200, 5));
        ok(Libc.shutdown(sockets[0], Layout.SHUT_WR));
        assertEquals(0, calls().recv(sockets[1], at, 64, 0));
        ok(Libc.shutdown(sockets[1], Layout.SHUT_RD));
        assertEquals(-Errno.EPIPE, calls().send(sockets[0], at, 5, Layout.MSG_NOSIGNAL));
    }

    @Test
    void sendtoAndRecvfromMoveADatagramAndItsSendersName() {
        int receiver = udp();
        copyName(128);
        int sender = udp();
        copyName(160);
        put(0, "hello");
        assertEquals(5, calls().sendto(sender, at, 5, 0, at + 128, Layout.SOCKADDR_IN_SIZE));
        room.putInt(256, 64);
        assertEquals(5, calls().recvfrom(receiver, at + 300, 3, Layout.MSG_TRUNC, at + 192, at + 256));
        assertEquals("hel\0\0", text(300, 5));
        assertEquals(Layout.SOCKADDR_IN_SIZE, room.getInt(256));
        assertEquals(room.getLong(160), room.getLong(192));
        assertEquals(-Errno.EAGAIN, calls().recvfrom(receiver, at + 300, 3, 0, 0, 0));

        assertEquals(-Errno.EINVAL, calls().sendto(sender, at, 5, 0, at + 128, -1));
        ok(Libc.connect(sender, at + 128, Layout.SOCKADDR_IN_SIZE));
        assertEquals(2, calls().sendto(sender, at, 2, 0, 0, 0));
        assertEquals(2, calls().recvfrom(receiver, at + 300, 64, 0, 0, 0));
    }

    @Test
    void readAndWriteMoveBytes() {
        int[] pipe = pipe();
        put(0, "hello");
        assertEquals(5, calls().write(pipe[1], at, 5));
        assertEquals(5, calls().read(pipe[0], at + 100, 64));
        assertEquals("hello", text(100, 5));
    }

    @Test
    void writevWritesItsPiecesInOrder() {
        int[] pipe = pipe();
        put(0, "hello");
        pieces(64);
        assertEquals(5, calls().writev(pipe[1], at + 64, 2));
        assertEquals(5, calls().read(pipe[0], at + 200, 64));
        assertEquals("lohel", text(200, 5));
    }

    @Test
    void messagesCarryPiecesAndADescriptor() {
        int[] sockets = sockets();
        int[] pipe = pipe();
        put(0, "hello");
        pieces(64);
        message(128, 64, 2, 256);
        room.putLong(256, Layout.CMSGHDR_DATA + 4).putInt(256 + Layout.CMSGHDR_LEVEL, Layout.SOL_SOCKET);
        room.putInt(256 + Layout.CMSGHDR_TYPE, Layout.SCM_RIGHTS).putInt(256 + Layout.CMSGHDR_DATA, pipe[1]);
        assertEquals(5, calls().sendmsg(sockets[0], at + 128, Layout.MSG_NOSIGNAL));

        room.putLong(512, at + 1024).putLong(520, 64);
        message(640, 512, 1, 768);
        assertEquals(5, calls().recvmsg(sockets[1], at + 640, Layout.MSG_CMSG_CLOEXEC));
        assertEquals("lohel", text(1024, 5));
        int passed = opened(room.getInt(768 + Layout.CMSGHDR_DATA));
        assertEquals(Layout.FD_CLOEXEC, Libc.fcntl(passed, Layout.F_GETFD, 0));
        assertEquals(1, calls().write(passed, at, 1));
        assertEquals(1, calls().read(pipe[0], at, 64));
    }

    @Test
    void accept4GivesTheAddressAndHeedsItsFlags() {
        int listener = listener();
        int client = opened(Libc.socket(Layout.AF_INET, Layout.SOCK_STREAM, 0));
        ok(Libc.connect(client, at, Layout.SOCKADDR_IN_SIZE));
        room.putInt(256, Layout.SOCKADDR_IN_SIZE).putInt(260, Layout.SOCKADDR_IN_SIZE);
        ok(Libc.getsockname(client, at + 128, at + 256));
        int flags = Layout.SOCK_NONBLOCK | Layout.SOCK_CLOEXEC;
        int accepted = opened(calls().accept4(listener, at + 192, at + 260, flags));
        assertEquals(Layout.SOCKADDR_IN_SIZE, room.getInt(260));
        assertEquals(room.getLong(128), room.getLong(192));
        assertEquals(Layout.FD_CLOEXEC, Libc.fcntl(accepted, Layout.F_GETFD, 0));
        assertEquals(Layout.O_NONBLOCK, Libc.fcntl(accepted, Layout.F_GETFL, 0) & Layout.O_NONBLOCK);
    }

    @Test
    void epollWaitGivesEventsWithTheirData() {
        int epoll = watching(0x1122334455667788L);
        assertEquals(1, calls().epollWait(epoll, at + 256, 8, -1));
        assertEquals(Layout.EPOLLIN, room.getInt(256 + Layout.EPOLL_EVENT_EVENTS));
        assertEquals(0x1122334455667788L, room.getLong(256 + Layout.EPOLL_EVENT_DATA));
        assertEquals(0, calls().epollWait(epoll, at + 256, 8, 0), "an edge is told once");
    }

    @Test
    void epollPwait2GivesEventsWithTheirData() {
        assumeTrue(hasPwait2(), "skipped: this kernel has no epoll_pwait2");
        int epoll = watching(-2);
        assertEquals(1, calls().epollPwait2(epoll, at + 256, 8, 0));
        assertEquals(-2, room.getLong(256 + Layout.EPOLL_EVENT_DATA));
        room.putLong(0, 0).putLong(8, 0);
        assertEquals(0, calls().epollPwait2(epoll, at + 256, 8, at));
        room.putLong(8, 1_000_000_000);
        assertEquals(-Errno.EINVAL, calls().epollPwait2(epoll, at + 256, 8, at));
    }

    @Test
    void neitherWaitIsEarly() {
        int epoll = opened(Libc.epollCreate1(Layout.EPOLL_CLOEXEC));
        long start = System.nanoTime();
        assertEquals(0, calls().epollWait(epoll, at, 8, 20));
        assertTrue(System.nanoTime() - start >= 20_000_000);
        assumeTrue(hasPwait2(), "the rest skipped: this kernel has no epoll_pwait2");
        room.putLong(512, 0).putLong(520, 1_500_000);
        start = System.nanoTime();
        assertEquals(0, calls().epollPwait2(epoll, at, 8, at + 512));
        assertTrue(System.nanoTime() - start >= 1_500_000);
    }

    /** What a fixture has left at the room's beginning. */
    private void copyName(int offset) {
        room.put(offset, room, 0, Layout.SOCKADDR_IN_SIZE);
    }

    /** An epoll instance with one descriptor that is readable. */
    private int watching(long data) {
        int epoll = opened(Libc.epollCreate1(Layout.EPOLL_CLOEXEC));
        int event = opened(Libc.eventfd(1, Layout.EFD_NONBLOCK | Layout.EFD_CLOEXEC));
        room.putInt(Layout.EPOLL_EVENT_EVENTS, Layout.EPOLLIN | Layout.EPOLLET);
        room.putLong(Layout.EPOLL_EVENT_DATA, data);
        ok(Libc.epollCtl(epoll, Layout.EPOLL_CTL_ADD, event, at));
        return epoll;
    }

    /** Two pieces of the five bytes at 0, the last two bytes first. */
    private void pieces(int offset) {
        room.putLong(offset + Layout.IOVEC_BASE, at + 3).putLong(offset + Layout.IOVEC_LEN, 2);
        room.putLong(offset + Layout.IOVEC_SIZE, at).putLong(offset + Layout.IOVEC_SIZE + Layout.IOVEC_LEN, 3);
    }

    private void message(int offset, int iov, int count, int control) {
        room.putLong(offset + Layout.MSGHDR_NAME, 0).putInt(offset + Layout.MSGHDR_NAMELEN, 0);
        room.putLong(offset + Layout.MSGHDR_IOV, at + iov).putLong(offset + Layout.MSGHDR_IOVLEN, count);
        room.putLong(offset + Layout.MSGHDR_CONTROL, at + control);
        room.putLong(offset + Layout.MSGHDR_CONTROLLEN, Layout.CMSGHDR_DATA + 8);
        room.putInt(offset + Layout.MSGHDR_FLAGS, 0);
    }

    /** A message of one piece without a byte: the message at 0, the piece at 64. */
    private void emptyMessage() {
        for (int i = 0; i < 64 + Layout.IOVEC_SIZE; i += 8) {
            room.putLong(i, 0);
        }
        room.putLong(Layout.MSGHDR_IOV, at + 64).putLong(Layout.MSGHDR_IOVLEN, 1);
    }

    /** Linux 5.11 and later; qemu's emulation does not have it. */
    private boolean hasPwait2() {
        return calls().epollPwait2(-1, at, 1, 0) != -Errno.ENOSYS;
    }

    private void put(int offset, String text) {
        room.put(offset, text.getBytes(StandardCharsets.US_ASCII));
    }

    private String text(int offset, int length) {
        byte[] bytes = new byte[length];
        room.get(offset, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
