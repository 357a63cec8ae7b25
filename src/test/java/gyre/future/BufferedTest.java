package gyre.future;

import static gyre.future.Block.items;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BufferedTest {
    private final FakeTask task = new FakeTask();
    private final List<Probe<Integer>> p =
            IntStream.range(0, 4).mapToObj(i -> new Probe<Integer>()).toList();
    private final ProbeStream<Integer> source = ProbeStream.of(0, 1, 2, 3).end();

    @Test
    void buffered() throws Exception {
        Stream<Integer> stream = source.buffered(2, p::get);
        assertTrue(stream.poll(task).isPending());
        assertEquals(2, source.polls);
        p.get(1).complete(1);
        assertTrue(stream.poll(task).isPending());
        assertEquals(2, source.polls, "what is done and not given counts");
        p.get(0).complete(0);
        assertEquals(0, stream.poll(task).value());
        assertEquals(1, stream.poll(task).value());
        assertTrue(stream.poll(task).isPending());
        p.get(3).complete(3);
        p.get(2).complete(2);
        assertEquals(2, stream.poll(task).value());
        assertEquals(3, stream.poll(task).value());
        assertTrue(stream.poll(task).isEnd());
    }

    @Test
    void unordered() throws Exception {
        Stream<Integer> stream = source.bufferUnordered(2, p::get);
        assertTrue(stream.poll(task).isPending());
        assertEquals(2, source.polls);
        p.get(1).complete(1);
        assertEquals(1, stream.poll(task).value());
        assertTrue(stream.poll(task).isPending());
        assertEquals(3, source.polls);
        p.get(2).complete(2);
        assertEquals(2, stream.poll(task).value());
        p.get(3).complete(3);
        assertEquals(3, stream.poll(task).value());
        assertTrue(stream.poll(task).isPending());
        p.get(0).complete(0);
        assertEquals(0, stream.poll(task).value());
        assertTrue(stream.poll(task).isEnd());
    }

    @Test
    void noFutureIsTheFailureOfThatItem() {
        for (boolean ordered : new boolean[] {true, false}) {
            Stream<Integer> numbers = Streams.of(1, 2, 3);
            ThrowingFunction<Integer, Future<Integer>> function = n -> n == 2 ? null : Futures.ready(n);
            assertEquals(
                    List.of(1, "the function gave no future", 3),
                    items(ordered ? numbers.buffered(2, function) : numbers.bufferUnordered(2, function)));
        }
    }

    @Test
    void onlyTheWokenArePolled() throws Exception {
        Stream<Integer> stream = source.buffered(4, p::get);
        assertTrue(stream.poll(task).isPending());
        p.get(3).wake();
        assertTrue(stream.poll(task).isPending());
        assertEquals(List.of(1, 1, 1, 2), p.stream().map(probe -> probe.polls).toList());
    }

    @Test
    void failuresKeepTheOrder() {
        Stream<Integer> failing = ProbeStream.of(0, 1).fail("source").give(3).end();
        ThrowingFunction<Integer, Future<Integer>> function = n -> {
            if (n == 1) {
                throw new IOException("function");
            }
            return n == 3
                    ? Futures.failed(new IOException("future"))
                    : Futures.yieldNow().map(v -> n);
        };
        assertEquals(List.of(0, "function", "source", "future"), items(failing.buffered(4, function)));
    }

    @Test
    void cancelPassesDown() throws Exception {
        ProbeStream<Integer> open = ProbeStream.of(0, 1);
        for (Stream<Integer> stream : List.of(open.buffered(3, p::get), source.bufferUnordered(2, n -> p.get(n + 2)))) {
            assertTrue(stream.poll(task).isPending());
            stream.cancel();
        }
        assertTrue(open.cancelled && source.cancelled);
        assertTrue(p.stream().allMatch(probe -> probe.cancelled));
    }

    @Test
    void aBufferOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> source.buffered(0, p::get));
    }

    @Test
    void waitsForItsSourceToo() throws Exception {
        ProbeStream<Integer> slow = new ProbeStream<>();
        Stream<Integer> stream = slow.buffered(2, Futures::ready);
        assertTrue(stream.poll(task).isPending());
        slow.give(7);
        assertEquals(1, task.wakes());
        assertEquals(7, stream.poll(task).value());
        assertTrue(stream.poll(task).isPending());
        slow.end();
        assertTrue(stream.poll(task).isEnd());
    }
}
