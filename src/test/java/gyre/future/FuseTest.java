package gyre.future;

import static gyre.future.Block.assertPending;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FuseTest {
    @Test
    void fuse() throws Exception {
        Future<Integer> future = Futures.ready(2).fuse();
        assertReady(2, future);
        assertPending(future);
        assertPending(future);
    }

    @Test
    void fuseOfAFailure() throws Exception {
        Future<Integer> future = Futures.<Integer>failed(new Exception("bad")).fuse();
        Block.assertFails("bad", future);
        assertPending(future);
        future.cancel();
    }

    @Test
    void fusedStreamEndsForEver() throws Exception {
        ProbeStream<Integer> source = ProbeStream.of(1).end();
        Stream<Integer> fused = source.fuse();
        assertEquals(1, fused.poll(new FakeTask()).value());
        assertTrue(fused.poll(new FakeTask()).isEnd());
        assertTrue(fused.poll(new FakeTask()).isEnd());
        fused.cancel();
    }

    @Test
    void isDone() throws Exception {
        Probe<Integer> probe = new Probe<>();
        Fuse<Integer> fuse = probe.fuse();
        assertPending(fuse);
        assertFalse(fuse.isDone());
        probe.complete(1);
        assertReady(1, fuse);
        assertTrue(fuse.isDone());
        Fuse<Integer> cancelled = new Probe<Integer>().fuse();
        cancelled.cancel();
        assertTrue(cancelled.isDone());
    }
}
