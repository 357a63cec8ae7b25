package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As in futures-rs {@code tests/future_flatten_stream.rs}. */
class FutureFlattenStreamTest {
    private final FakeTask task = new FakeTask();
    private final Probe<Stream<Integer>> future = new Probe<>();
    private final Stream<Integer> flat = Streams.flatten(future);

    @Test
    void successfulFuture() {
        assertEquals(List.of(17, 19), Block.items(Streams.flatten(Futures.ready(Streams.of(17, 19)))));
    }

    @Test
    void failedFuture() throws Exception {
        Stream<Integer> stream = Streams.flatten(Futures.failed(new IOException("bad")));
        assertEquals(List.of("bad"), Block.items(stream));
        assertTrue(stream.poll(task).isEnd());
    }

    @Test
    void waitsForTheFutureThenForTheStream() throws Exception {
        assertTrue(flat.poll(task).isPending());
        ProbeStream<Integer> stream = ProbeStream.of(1).fail("bad");
        future.complete(stream);
        assertEquals(1, task.wakes());
        assertEquals(1, flat.poll(task).value());
        assertEquals(List.of("bad", 3), Block.items(endWith(stream, 3)));
    }

    private Stream<Integer> endWith(ProbeStream<Integer> stream, int item) {
        stream.give(item).end();
        return flat;
    }

    @Test
    void cancelPassesToTheFuture() throws Exception {
        assertTrue(flat.poll(task).isPending());
        flat.cancel();
        flat.cancel();
        assertTrue(future.cancelled);
        assertTrue(flat.poll(task).isEnd());
    }

    @Test
    void cancelPassesToTheStream() throws Exception {
        ProbeStream<Integer> stream = new ProbeStream<>();
        future.complete(stream);
        assertTrue(flat.poll(task).isPending());
        flat.cancel();
        assertTrue(stream.cancelled);
        assertFalse(future.cancelled);
    }
}
