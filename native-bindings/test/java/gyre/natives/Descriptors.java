package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Descriptors that are closed after each test, and room for structures. */
abstract class Descriptors {
    final ByteBuffer room = Memory.buffer(4096);
    final long at = Memory.address(room);

    private final List<Integer> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(Libc::close);
    }

    /** Fails the test if this is an error, and closes the descriptor after it. */
    int opened(int fd) {
        assertTrue(fd >= 0, () -> Errno.exception(-fd, "opening").getMessage());
        opened.add(fd);
        return fd;
    }

    /** Two connected stream sockets that don't block. */
    int[] sockets() {
        int type = Layout.SOCK_STREAM | Layout.SOCK_NONBLOCK | Layout.SOCK_CLOEXEC;
        return pair(Libc.socketpair(Layout.AF_UNIX, type, 0, at));
    }

    /** A pipe that doesn't block, its reading end first. */
    int[] pipe() {
        return pair(Libc.pipe2(at, Layout.O_NONBLOCK | Layout.O_CLOEXEC));
    }

    /** A listening TCP socket on the loopback's address, which is left in the room. */
    int listener() {
        int fd = bound(tcp());
        ok(Libc.listen(fd, 16));
        return fd;
    }

    /** A UDP socket that doesn't block, on the loopback's address, which is left in the room. */
    int udp() {
        return bound(opened(Libc.socket(Layout.AF_INET, Layout.SOCK_DGRAM | Layout.SOCK_NONBLOCK, 0)));
    }

    private int bound(int fd) {
        room.putShort(0, (short) Layout.AF_INET).putShort(Layout.SOCKADDR_IN_PORT, (short) 0);
        room.put(Layout.SOCKADDR_IN_ADDR, new byte[] {127, 0, 0, 1});
        ok(Libc.bind(fd, at, Layout.SOCKADDR_IN_SIZE));
        room.putInt(64, Layout.SOCKADDR_IN_SIZE);
        ok(Libc.getsockname(fd, at, at + 64));
        return fd;
    }

    /** A TCP socket that doesn't block. */
    int tcp() {
        return opened(Libc.socket(Layout.AF_INET, Layout.SOCK_STREAM | Layout.SOCK_NONBLOCK, 0));
    }

    static void ok(int result) {
        assertTrue(result == 0, () -> Errno.exception(-result, "call").getMessage());
    }

    private int[] pair(int result) {
        ok(result);
        return new int[] {opened(room.getInt(0)), opened(room.getInt(4))};
    }
}
