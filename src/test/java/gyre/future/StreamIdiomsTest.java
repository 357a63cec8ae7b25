package gyre.future;

import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertReady;
import static gyre.future.Block.items;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What futures-rs has a combinator for and Java a phrase: the tests of {@code tests/stream.rs} about these. */
class StreamIdiomsTest {
    private static ProbeStream<Integer> list() {
        return ProbeStream.of(1, 2, 3).end();
    }

    private static ProbeStream<Integer> errList() {
        return ProbeStream.of(1, 2).fail("bad").end();
    }

    @Test
    void concat2() throws Exception {
        assertReady("abc", Streams.of("a", "b", "c").collect(Collectors.joining()));
        assertReady("", Streams.<String>empty().collect(Collectors.joining()));
        assertReady(
                List.of(1, 2, 3),
                Streams.of(List.of(1), List.of(2, 3)).flatMap(Streams::from).collect());
        ProbeStream<Integer> failing = errList();
        assertFails("bad", failing.collect(Collectors.toSet()));
        assertTrue(failing.cancelled);
        ProbeStream<Integer> unpolled = list();
        unpolled.collect(Collectors.toSet()).cancel();
        assertTrue(unpolled.cancelled);
    }

    /** The original's {@code merge}, with what there is. */
    @Test
    void merge() {
        assertEquals(
                List.of("left 1", "right 10", "left 2", "left 3"),
                items(list().map(a -> "left " + a)
                        .select(ProbeStream.of(10).end().map(b -> "right " + b))));
    }

    /** The original's {@code by_ref}: a method reference polls, and does not pass on the cancel. */
    @Test
    void byRef() throws Exception {
        ProbeStream<Integer> source = list();
        Stream<Integer> borrowed = source::poll;
        assertReady(List.of(1, 2), borrowed.take(2).collect());
        assertFalse(source.cancelled);
        assertReady(List.of(3), source.collect());
    }

    /** The original's {@code iter_result}. */
    @Test
    void iterResult() {
        List<Outcome<Integer>> results = List.of(Outcome.success(1), Outcome.failure(new IOException("bad")));
        assertEquals(List.of(1, "bad"), items(Streams.from(results).map(Outcome::get)));
    }
}
