package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As in futures-rs {@code tests/stream_catch_unwind.rs}: {@link Stream#outcomes}. */
class StreamCatchUnwindTest {
    private final FakeTask task = new FakeTask();

    private static Stream<Outcome<Integer>> throwing(ProbeStream<Integer> source, Error error) {
        return source.map(n -> {
                    if (n == 2) {
                        throw error;
                    }
                    return n;
                })
                .outcomes();
    }

    @Test
    void panicInTheMiddleOfTheStream() throws Exception {
        ProbeStream<Integer> source = ProbeStream.of(1, 2, 3).end();
        AssertionError error = new AssertionError("panic");
        Stream<Outcome<Integer>> stream = throwing(source, error);
        assertEquals(1, stream.poll(task).value().value());
        assertSame(error, stream.poll(task).value().error());
        assertTrue(source.cancelled);
        assertTrue(stream.poll(task).isEnd());
        stream.cancel();
    }

    @Test
    void noPanic() {
        assertEquals(
                List.of(Outcome.success(1), Outcome.success(2)),
                Block.items(ProbeStream.of(1, 2).end().outcomes()));
    }

    @Test
    void exceptionIsAnItem() throws Exception {
        ProbeStream<Integer> source = ProbeStream.of(1).fail("bad").give(2).end();
        Stream<Outcome<Integer>> stream = source.outcomes();
        assertEquals(1, stream.poll(task).value().value());
        assertEquals("bad", stream.poll(task).value().error().getMessage());
        assertEquals(2, stream.poll(task).value().value());
        assertTrue(stream.poll(task).isEnd());
        assertTrue(stream.poll(task).isEnd());
        assertFalse(source.cancelled);
    }

    @Test
    void getIsTheWayBack() {
        assertEquals(
                List.of(1, "bad", 2),
                Block.items(
                        ProbeStream.of(1).fail("bad").give(2).end().outcomes().map(Outcome::get)));
    }

    @Test
    void fatalErrorsPass() {
        ProbeStream<Integer> source = ProbeStream.of(2);
        OutOfMemoryError error = new OutOfMemoryError("not really");
        Stream<Outcome<Integer>> stream = throwing(source, error);
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> stream.poll(task)));
        assertTrue(source.cancelled);
    }

    @Test
    void cancelPassesDown() throws Exception {
        ProbeStream<Integer> source = new ProbeStream<>();
        Stream<Outcome<Integer>> stream = source.outcomes();
        assertTrue(stream.poll(task).isPending());
        stream.cancel();
        assertTrue(source.cancelled);
    }

    @Test
    void outcomeGives() throws Exception {
        IOException bad = new IOException("bad");
        assertSame(
                bad, assertThrows(IOException.class, () -> Outcome.failure(bad).get()));
        assertThrows(
                java.util.concurrent.CancellationException.class,
                () -> Outcome.cancelled().get());
        assertEquals(1, Outcome.success(1).get());
    }
}
