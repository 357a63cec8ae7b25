package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.io.ReadExact;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.SpyBackend;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Behaviours 14 and 37: who doesn't read is told all the same, and whether it wants to read costs no system call. */
@EveryBackend
class PausedReaderTest extends OnLoop {
    private static final int TOGGLES = 1_000_000;
    private final SpyBackend spy;

    PausedReaderTest(Backend backend) {
        super(new SpyBackend(backend));
        spy = (SpyBackend) super.backend;
    }

    @Test
    void thePeersEndIsToldWithoutARead() throws Exception {
        Pair pair = pair();
        assertEquals(Io.NOT_READY, pair.ours().read(() -> {}, Buf.allocate(1)));
        JoinHandle<Void> told = handle.spawn(Futures.pollFn(task -> {
            if (!pair.ours().pollRead(task)) {
                return Poll.pending();
            }
            if (pair.theirs().isClosed()) {
                return Poll.done();
            }
            assertEquals(Io.NOT_READY, pair.ours().read(task, Buf.allocate(1)), "told for no reason, which may be");
            return Poll.pending();
        }));
        settle();
        assertFalse(told.isDone());
        pair.theirs().close();
        run(told);
        assertEquals(Io.END, run(read(pair.ours(), Buf.allocate(1))));
    }

    @Test
    void bytesAndAnEndThatNobodyReadsDoNotKeepTheLoopAwake() throws Exception {
        Pair pair = pair();
        assertEquals(Io.NOT_READY, pair.ours().read(() -> {}, Buf.allocate(1)));
        pair.send("unread");
        pair.theirs().close();
        settle();
        long before = spy.sleeps.get() + spy.looks.get();
        core.run(handle.sleep(Duration.ofMillis(100)));
        long selects = spy.sleeps.get() + spy.looks.get() - before;
        assertTrue(selects <= 10, selects + " selects while there is nothing to do");
        assertEquals("unread", run(expect(pair.ours(), "unread")));
        assertEquals(Io.END, run(read(pair.ours(), Buf.allocate(1))));
    }

    /** The producer fills what there is room for and waits; nothing of it is lost. */
    @Test
    void pausingAndResumingAsksTheSystemNothing() throws Exception {
        Pair pair = pair();
        byte[] sent = pattern(8 << 20);
        CompletableFuture<Void> writing = aside(() -> {
            pair.theirs().getOutputStream().write(sent);
            return null;
        });
        run(Futures.pollFn(task -> pair.ours().pollRead(task) ? Poll.done() : Poll.pending()));
        settle();
        long before = spy.sleeps.get() + spy.looks.get() + spy.rearms.get();
        for (int i = 0; i < TOGGLES; i++) {
            assertTrue(pair.ours().pollRead(() -> {}), "bytes wait");
        }
        assertEquals(before, spy.sleeps.get() + spy.looks.get() + spy.rearms.get());
        assertFalse(writing.isDone(), "all of it fits into the system's buffers");
        Buf got = run(ReadExact.readExact(pair.ours(), Buf.allocate(sent.length)));
        assertArrayEquals(sent, got.bytes(sent.length));
        writing.get();
    }

    /** It reads a little, rests for a turn of the loop, and goes on; that is no reason to tell the system anything. */
    @Test
    void aReaderThatRestsBetweenAllItsReadsLosesNothing() throws Exception {
        Pair pair = pair();
        byte[] sent = pattern(1 << 20);
        CompletableFuture<Void> writing = aside(() -> {
            pair.theirs().getOutputStream().write(sent);
            pair.theirs().shutdownOutput();
            return null;
        });
        Buf got = Buf.allocate(sent.length);
        int[] rests = {0};
        int[] waits = {0};
        long before = spy.rearms.get();
        run(Futures.pollFn(task -> {
            task.wake();
            if (rests[0]++ % 2 == 0) {
                return Poll.pending();
            }
            got.limit(Math.min(got.writeIndex() + 1, got.capacity()));
            int n = pair.ours().read(task, got.writable() == 0 ? Buf.allocate(1) : got); // full, only the end may come
            waits[0] += n == Io.NOT_READY ? 1 : 0;
            return n == Io.END ? Poll.done() : Poll.pending();
        }));
        writing.get();
        assertArrayEquals(sent, got.bytes(sent.length));
        assertTrue(rests[0] > 2 * sent.length, "rests: " + rests[0]);
        long rearms = spy.rearms.get() - before;
        assertTrue(rearms <= waits[0] + rests[0] / 1_000, rearms + " rearms, " + waits[0] + " times it found nothing");
    }
}
