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
        JoinHandle<Void> told =
                handle.spawn(Futures.pollFn(task -> pair.ours().pollRead(task) ? Poll.done() : Poll.pending()));
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
}
