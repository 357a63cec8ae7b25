package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.reactor.PollEvented;
import gyre.sys.Backend;
import gyre.sys.StreamSocket;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The original's first poll.rs: what became ready before a task asked is told all the same. */
@EveryBackend
class ReadinessTest extends OnLoop {
    ReadinessTest(Backend backend) {
        super(backend);
    }

    @Test
    void readinessThatCameBeforeTheTaskIsToldAtOnce() throws Exception {
        Pair pair = pair();
        Buf buf = Buf.allocate(8);
        assertEquals(Io.NOT_READY, pair.ours().read(() -> {}, buf));
        pair.send("x");
        core.run(handle.sleep(java.time.Duration.ofMillis(5))); // the edge comes while nobody reads
        assertEquals(1, run(read(pair.ours(), buf)));
    }

    @Test
    void readinessThatComesBetweenTheTryAndTheWaitIsNotLost() throws Exception {
        for (int round = 0; round < 200; round++) {
            Pair pair = pair();
            PollEvented<StreamSocket> ours = pair.ours().evented;
            Buf got = Buf.allocate(1);
            boolean[] sent = {false};
            int count = run(Futures.pollFn(task -> {
                if (!ours.pollRead(task)) {
                    return Poll.pending();
                }
                int n = ours.source().read(got);
                if (n != Io.NOT_READY) {
                    return Poll.ready(n);
                }
                if (!sent[0]) {
                    pair.send("x");
                    sent[0] = true;
                    awaitArrival(ours.source());
                }
                ours.needRead(task);
                return Poll.pending();
            }));
            assertEquals(1, count);
            assertEquals("x", got.text(StandardCharsets.US_ASCII));
            pair.ours().close();
            pair.theirs().close();
        }
    }

    private static void awaitArrival(StreamSocket socket) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Buf peeked = Buf.allocate(1);
        while (socket.peek(peeked.clear()) == Io.NOT_READY) {
            assertTrue(System.nanoTime() < deadline);
        }
    }

    @Test
    void aTaskThatWaitsTwiceIsWokenOnce() throws Exception {
        Pair pair = pair();
        Buf buf = Buf.allocate(8);
        AtomicInteger wakes = new AtomicInteger();
        gyre.future.Task task = wakes::incrementAndGet;
        assertEquals(Io.NOT_READY, pair.ours().read(task, buf));
        assertFalse(pair.ours().pollRead(task));
        pair.send("x");
        run(read(pair.ours(), buf));
        assertEquals(1, wakes.get());
    }
}
