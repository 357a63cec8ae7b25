package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gyre.buffer.Buf;
import gyre.io.Io;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
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
            JoinHandle<String> read = handle.spawn(expect(pair.ours(), "ab"));
            pair.send("a");
            settle();
            pair.send("b");
            assertEquals("ab", run(read));
            pair.ours().close();
            pair.theirs().close();
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
