package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What macOS does, on whichever system this is. */
class WithFlagsTest extends Descriptors {
    private static final int BOTH = Layout.SOCK_NONBLOCK | Layout.SOCK_CLOEXEC;

    @Test
    void aSocketGetsTheFlagsThatWereAskedFor() {
        for (int flags : new int[] {0, Layout.SOCK_NONBLOCK, Layout.SOCK_CLOEXEC, BOTH}) {
            expect(flags, opened(WithFlags.socket(Layout.AF_INET, Layout.SOCK_STREAM | flags, 0)));
        }
    }

    @Test
    void soDoesOneThatIsAccepted() {
        int listener = listener();
        int client = tcp();
        Libc.connect(client, at, Layout.SOCKADDR_IN_SIZE);
        room.putInt(64, Layout.SOCKADDR_STORAGE_SIZE);
        int accepted = opened(WithFlags.accept(listener, at + 128, at + 64, BOTH));
        expect(BOTH, accepted);
        assertEquals(Layout.SOCKADDR_IN_SIZE, room.getInt(64));
        assertEquals(Layout.AF_INET, room.getShort(128));
    }

    @Test
    void soDoesEachOfAPair() {
        for (int flags : new int[] {0, Layout.SOCK_NONBLOCK, Layout.SOCK_CLOEXEC, BOTH}) {
            assertEquals(0, WithFlags.socketpair(Layout.AF_UNIX, Layout.SOCK_DGRAM | flags, 0, at + 64));
            expect(flags, opened(room.getInt(64)));
            expect(flags, opened(room.getInt(68)));
        }
    }

    @Test
    void aFailureIsAnswered() {
        assertEquals(-Errno.EBADF, WithFlags.accept(-1, 0, 0, BOTH));
        assertEquals(-Errno.EAFNOSUPPORT, WithFlags.socket(12345, Layout.SOCK_STREAM | BOTH, 0));
        assertEquals(-Errno.EOPNOTSUPP, WithFlags.socketpair(Layout.AF_INET, Layout.SOCK_STREAM | BOTH, 0, at + 64));
        assertEquals(-Errno.EBADF, WithFlags.fcntl(-1, Layout.F_GETFD, 0));
    }

    private static void expect(int flags, int fd) {
        assertEquals((flags & Layout.SOCK_CLOEXEC) != 0 ? Layout.FD_CLOEXEC : 0, Libc.fcntl(fd, Layout.F_GETFD, 0));
        boolean blocks = (Libc.fcntl(fd, Layout.F_GETFL, 0) & Layout.O_NONBLOCK) == 0;
        assertEquals((flags & Layout.SOCK_NONBLOCK) == 0, blocks);
        assertTrue(WithFlags.fcntl(fd, Layout.F_GETFD, 0) >= 0);
    }
}
