package gyre.sys.posix;

import static gyre.natives.Bsd.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.natives.Bsd;
import gyre.natives.Errno;
import gyre.natives.Layout;
import gyre.natives.Libc;
import gyre.natives.Memory;
import gyre.testing.KqueueLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** That the library which stands in for a kernel does what the manual pages of kqueue say. */
@EnabledOnOs(OS.LINUX)
class KqueueLibraryTest {
    private static final int EV_ENABLE = 4, EV_DISABLE = 8;
    private static final int ROOM = 8, EVENTS = 4 * KEVENT_SIZE, TIMEOUT = EVENTS + ROOM * KEVENT_SIZE;

    private final ByteBuffer memory = Memory.buffer(TIMEOUT + 16);
    private final long address = Memory.address(memory);
    private int changes;
    private int kq;
    private Pipe pipe;
    private PosixFile out;
    private PosixFile in;

    @BeforeEach
    void open() throws IOException {
        KqueueLibrary.provide();
        kq = Bsd.kqueue();
        assertTrue(kq >= 0);
        pipe = Pipe.open();
        in = (PosixFile) Sockets.adopt(pipe.in());
        out = (PosixFile) Sockets.adopt(pipe.out());
    }

    @AfterEach
    void close() throws IOException {
        in.close();
        out.close();
        pipe.close();
        Libc.close(kq);
    }

    /** Adds a change to the next call. */
    private void change(long ident, int filter, int flags, int fflags, long udata) {
        int at = changes++ * KEVENT_SIZE;
        memory.putLong(at + KEVENT_IDENT, ident).putShort(at + KEVENT_FILTER, (short) filter);
        memory.putShort(at + KEVENT_FLAGS, (short) flags).putInt(at + KEVENT_FFLAGS, fflags);
        memory.putLong(at + KEVENT_DATA, 0).putLong(at + KEVENT_UDATA, udata);
    }

    private void read(int flags) {
        change(pipe.in(), EVFILT_READ, flags, 0, 42);
    }

    private void user(int flags, int fflags) {
        change(7, EVFILT_USER, flags, fflags, 43);
    }

    private int call(int room, long nanos) {
        memory.putLong(TIMEOUT, nanos / 1_000_000_000).putLong(TIMEOUT + 8, nanos % 1_000_000_000);
        int result = Bsd.kevent(kq, address, changes, address + EVENTS, room, nanos < 0 ? 0 : address + TIMEOUT);
        changes = 0;
        return result;
    }

    private int look() {
        return call(ROOM, 0);
    }

    private void assertEvent(int index, long ident, int filter, int flags, long udata) {
        int at = EVENTS + index * KEVENT_SIZE;
        assertEquals(ident, memory.getLong(at + KEVENT_IDENT));
        assertEquals(filter, memory.getShort(at + KEVENT_FILTER));
        assertEquals(flags, memory.getShort(at + KEVENT_FLAGS) & flags);
        assertEquals(udata, memory.getLong(at + KEVENT_UDATA));
    }

    private long data() {
        return memory.getLong(EVENTS + KEVENT_DATA);
    }

    private void put(int bytes) throws IOException {
        assertEquals(bytes, out.write(Buf.allocate(bytes).advance(bytes)));
    }

    @Test
    void anEventIsToldWithItsBytesAndUdataUntilTheyAreRead() throws IOException {
        put(3);
        read(EV_ADD);
        for (int round = 0; round < 3; round++) {
            assertEquals(1, look());
            assertEvent(0, pipe.in(), EVFILT_READ, 0, 42);
            assertEquals(3, data());
        }
        in.read(Buf.allocate(8));
        assertEquals(0, look());
    }

    @Test
    void withClearItIsToldOncePerChange() throws IOException {
        read(EV_ADD | EV_CLEAR);
        put(1);
        assertEquals(1, look());
        assertEquals(0, look());
        put(1);
        assertEquals(1, look());
        assertEquals(2, data());
    }

    @Test
    void oneshotDeletes() throws IOException {
        put(1);
        read(EV_ADD | EV_ONESHOT);
        assertEquals(1, look());
        assertEquals(0, look());
        read(EV_DELETE | EV_RECEIPT);
        assertReceipt(Errno.ENOENT);
    }

    @Test
    void disableHoldsBackAndEnableTellsWhatIsThere() throws IOException {
        put(1);
        read(EV_ADD | EV_DISABLE);
        assertEquals(0, look());
        read(EV_ENABLE);
        assertEquals(1, look());
        read(EV_DISABLE);
        assertEquals(0, look());
    }

    @Test
    void theEndComesWithWhatIsLeft() throws IOException {
        read(EV_ADD | EV_CLEAR);
        put(5);
        out.close();
        pipe.closeOut();
        assertEquals(1, look());
        assertEvent(0, pipe.in(), EVFILT_READ, EV_EOF, 42);
        assertEquals(5, data());
    }

    @Test
    void aWriterIsToldThatNobodyReads() throws IOException {
        change(pipe.out(), EVFILT_WRITE, EV_ADD | EV_CLEAR, 0, 1);
        assertEquals(1, look());
        in.close();
        pipe.closeIn();
        assertEquals(1, look());
        assertEvent(0, pipe.out(), EVFILT_WRITE, EV_EOF, 1);
    }

    private void assertReceipt(int errno) {
        assertEquals(1, look());
        assertEquals(EV_ERROR, memory.getShort(EVENTS + KEVENT_FLAGS));
        assertEquals(errno, data());
    }

    @Test
    void aReceiptIsAnErrorOfZeroAndDrainsNothing() throws IOException {
        put(1);
        read(EV_ADD | EV_RECEIPT);
        assertReceipt(0);
        assertEquals(1, look());
        assertEvent(0, pipe.in(), EVFILT_READ, 0, 42);
    }

    @Test
    void errorsStandInTheEventListAndOtherChangesAreMade() throws IOException {
        put(1);
        change(12345, EVFILT_READ, EV_ADD, 0, 7);
        change(pipe.in(), EVFILT_WRITE, EV_ADD, 0, 8);
        change(pipe.in(), 99, EV_ADD, 0, 9);
        read(EV_ADD);
        assertEquals(3, look());
        int[] errors = {Errno.EBADF, Errno.EINVAL, Errno.EINVAL};
        for (int i = 0; i < 3; i++) {
            assertEquals(errors[i], memory.getLong(EVENTS + i * KEVENT_SIZE + KEVENT_DATA));
            assertEquals(7 + i, memory.getLong(EVENTS + i * KEVENT_SIZE + KEVENT_UDATA));
        }
        assertEquals(1, look());
    }

    @Test
    void anErrorForWhichThereIsNoRoomFailsTheCall() {
        read(EV_DELETE);
        assertEquals(-Errno.ENOENT, call(0, 0));
        assertEquals(-Errno.EBADF, Bsd.kevent(-1, 0, 0, address + EVENTS, 1, 0));
    }

    @Test
    void bothFiltersAreToldThoughThereIsRoomForOne() throws IOException {
        try (PosixStream socket = Sockets.stream(java.net.StandardProtocolFamily.INET)) {
            change(socket.fd.number(), EVFILT_READ, EV_ADD | EV_CLEAR, 0, 1);
            change(socket.fd.number(), EVFILT_WRITE, EV_ADD | EV_CLEAR, 0, 2);
            assertEquals(1, call(1, 0), "Linux says that an unconnected socket has hung up");
            assertEvent(0, socket.fd.number(), EVFILT_READ, EV_EOF, 1);
            assertEquals(1, call(1, 0));
            assertEvent(0, socket.fd.number(), EVFILT_WRITE, EV_EOF, 2);
            assertEquals(0, call(1, 0));
        }
    }

    @Test
    void closingADescriptorDeletesItsFilters() throws IOException {
        int number = in.fd.number();
        change(number, EVFILT_READ, EV_ADD | EV_CLEAR, 0, 1);
        assertEquals(0, look());
        in.close();
        change(number, EVFILT_READ, EV_DELETE | EV_RECEIPT, 0, 1);
        assertReceipt(Errno.EBADF);
    }

    @Test
    void aUserEventIsTriggeredFromAnyThreadAndCoalesces() throws Exception {
        user(EV_ADD | EV_CLEAR, 0);
        assertEquals(0, look());
        Thread trigger = new Thread(() -> {
            ByteBuffer mine = Memory.buffer(KEVENT_SIZE).putLong(KEVENT_IDENT, 7);
            mine.putShort(KEVENT_FILTER, EVFILT_USER).putInt(KEVENT_FFLAGS, NOTE_TRIGGER);
            for (int i = 0; i < 3; i++) {
                Bsd.kevent(kq, Memory.address(mine), 1, 0, 0, 0);
            }
            java.lang.ref.Reference.reachabilityFence(mine);
        });
        trigger.start();
        trigger.join();
        assertEquals(1, call(ROOM, -1));
        assertEvent(0, 7, EVFILT_USER, 0, 43);
        assertEquals(0, look());
        user(EV_DELETE, 0);
        assertEquals(0, look());
        user(EV_RECEIPT, NOTE_TRIGGER);
        assertReceipt(Errno.ENOENT);
    }

    @Test
    void aUserEventWithoutClearStays() {
        user(EV_ADD, NOTE_TRIGGER);
        assertEquals(1, look());
        assertEquals(1, look());
        user(EV_ADD | EV_ONESHOT, NOTE_TRIGGER);
        assertEquals(1, look());
        assertEquals(0, look());
    }

    @Test
    void moreUserEventsThanThereIsRoomForAreToldNext() {
        for (int i = 0; i < 4; i++) {
            change(100 + i, EVFILT_USER, EV_ADD | EV_CLEAR, NOTE_TRIGGER, i);
        }
        int told = 0;
        for (int calls = 0; calls < 4; calls++) {
            told += call(1, 0);
        }
        assertEquals(4, told);
        assertEquals(0, look());
    }

    @Test
    void aTimeoutIsToTheNanosecondAndNeverEarly() {
        for (long nanos : new long[] {1, 100_000, 1_000_000, 20_000_001}) {
            long start = System.nanoTime();
            assertEquals(0, call(ROOM, nanos));
            long took = System.nanoTime() - start;
            assertTrue(took >= nanos && took < nanos + TimeUnit.SECONDS.toNanos(5), took + " of " + nanos);
        }
    }

    @Test
    void aQueueThatIsClosedLeavesNothingToItsSuccessor() throws IOException {
        put(1);
        read(EV_ADD);
        user(EV_ADD, NOTE_TRIGGER);
        assertEquals(0, call(0, 0));
        Libc.close(kq);
        kq = Bsd.kqueue();
        assertEquals(0, look());
        assertEquals(0, Libc.fcntl(kq, Layout.F_SETFD, Layout.FD_CLOEXEC));
    }
}
