package gyre.natives;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** Makes two million calls that fail and as many that don't. */
final class CallForLong {
    private CallForLong() {}

    public static void main(String[] args) {
        ByteBuffer room = Memory.buffer(256);
        long at = Memory.address(room);
        int event = Libc.eventfd(1, Layout.EFD_NONBLOCK);
        int epoll = Libc.epollCreate1(0);
        room.putInt(0, Layout.EPOLLIN);
        Libc.epollCtl(epoll, Layout.EPOLL_CTL_ADD, event, at);
        int failed = 0;
        int came = 0;
        for (int i = 0; i < 2_000_000; i++) {
            failed += Sys.recv(-1, at, 8, 0) == -Errno.EBADF ? 1 : 0;
            came += Sys.epollWait(epoll, at, 8, 0);
        }
        Reference.reachabilityFence(room);
        System.out.println(Sys.provider() + " " + failed + " " + came);
    }
}
