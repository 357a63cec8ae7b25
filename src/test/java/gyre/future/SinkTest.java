package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertPending;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SinkTest {
    private final FakeTask task = new FakeTask();
    private final ProbeSink<Integer> closedDoor = new ProbeSink<>(1, false);

    @Test
    void send() throws Exception {
        Future<Void> first = closedDoor.send(1);
        assertTrue(first.poll(task).isPending());
        assertEquals(List.of(1), closedDoor.taken);
        assertTrue(first.poll(task).isPending());
        assertEquals(List.of(1), closedDoor.taken);
        Future<Void> second = closedDoor.send(2);
        assertTrue(second.poll(task).isPending());
        assertEquals(List.of(1), closedDoor.taken);
        closedDoor.open();
        assertTrue(task.wakes() > 0);
        assertReady(null, first);
        assertReady(null, second);
        assertEquals(List.of(1, 2), closedDoor.delivered);
        assertDone(second);
    }

    @Test
    void cancelledSendLeavesTheSink() throws Exception {
        assertPending(closedDoor.send(1));
        Future<Void> second = closedDoor.send(2);
        assertPending(second);
        second.cancel();
        assertDone(second);
        closedDoor.open();
        assertReady(null, closedDoor.flush());
        assertEquals(List.of(1), closedDoor.delivered);
        assertFalse(closedDoor.cancelled);
    }

    @Test
    void flush() throws Exception {
        assertTrue(closedDoor.startSend(task, 1));
        Future<Void> flush = closedDoor.flush();
        assertPending(flush);
        closedDoor.open();
        assertReady(null, flush);
        assertEquals(List.of(1), closedDoor.delivered);
    }

    @Test
    void sendAll() throws Exception {
        ProbeStream<Integer> items = ProbeStream.of(1, 2, 3);
        Future<Void> all = closedDoor.sendAll(items);
        assertTrue(all.poll(task).isPending());
        assertEquals(List.of(1), closedDoor.taken);
        assertEquals(2, items.polls);
        closedDoor.open();
        assertTrue(task.wakes() > 0);
        assertTrue(all.poll(task).isPending());
        assertEquals(List.of(1, 2, 3), closedDoor.delivered, "flushed while the stream has nothing");
        items.give(4).end();
        assertTrue(task.wakes() > 0);
        assertReady(null, all);
        assertEquals(List.of(1, 2, 3, 4), closedDoor.delivered);
        assertFalse(closedDoor.closed);
        assertDone(all);
    }

    @Test
    void forwardCloses() throws Exception {
        ProbeSink<Integer> sink = new ProbeSink<>(8, false);
        Future<Void> forward = Streams.of(1, 2, 3).forward(sink);
        assertPending(forward);
        assertEquals(List.of(1, 2, 3), sink.taken);
        sink.open();
        assertReady(null, forward);
        assertTrue(sink.closed);
    }

    @Test
    void forwardFailsWithTheStreamWithoutFlushing() throws Exception {
        ProbeSink<Integer> sink = new ProbeSink<>(8, true);
        ProbeStream<Integer> items = ProbeStream.of(1).fail("bad");
        Future<Void> forward = items.forward(sink);
        assertFails("bad", forward);
        assertTrue(items.cancelled);
        assertEquals(List.of(1), sink.taken);
        assertFalse(sink.closed || sink.cancelled);
        assertDone(forward);
    }

    @Test
    void cancelledForwardCancelsTheStreamOnly() throws Exception {
        ProbeStream<Integer> items = ProbeStream.of(1, 2, 3);
        Future<Void> forward = items.forward(closedDoor);
        assertPending(forward);
        forward.cancel();
        assertTrue(items.cancelled);
        assertFalse(closedDoor.cancelled);
        assertDone(forward);
    }

    @Test
    void with() throws Exception {
        ProbeSink<String> sink = new ProbeSink<>(1, false);
        List<Probe<String>> running = new ArrayList<>();
        Sink<Integer> numbers = sink.with(n -> {
            Probe<String> probe = new Probe<>();
            running.add(probe);
            return probe;
        });
        assertTrue(numbers.startSend(task, 1));
        assertFalse(numbers.startSend(task, 2), "one item at a time");
        assertTrue(numbers.pollFlush(task).isPending());
        running.get(0).complete("one");
        assertTrue(numbers.startSend(task, 2));
        running.get(1).complete("two");
        assertFalse(numbers.startSend(task, 3));
        assertTrue(numbers.pollFlush(task).isPending());
        sink.open();
        assertTrue(numbers.pollClose(task).isReady());
        assertEquals(List.of("one", "two"), sink.delivered);
        assertTrue(sink.closed);
        assertTrue(numbers.startSend(task, 3));
        numbers.pollFlush(task);
        numbers.cancel();
        assertTrue(running.get(2).cancelled && sink.cancelled);
    }

    @Test
    void buffer() throws Exception {
        Sink<Integer> buffered = closedDoor.buffer(2);
        for (int i = 1; i <= 3; i++) {
            assertTrue(buffered.startSend(task, i));
        }
        assertFalse(buffered.startSend(task, 4));
        closedDoor.open();
        assertReady(null, buffered.send(4));
        assertEquals(List.of(1, 2, 3, 4), closedDoor.delivered);
        assertSame(closedDoor, closedDoor.buffer(0));
    }

    @Test
    void fanoutSmoke() throws Exception {
        ProbeSink<Integer> other = new ProbeSink<>(8, true);
        closedDoor.open();
        assertReady(null, Streams.of(1, 2, 3).forward(closedDoor.fanout(other)));
        assertEquals(List.of(1, 2, 3), closedDoor.delivered);
        assertEquals(List.of(1, 2, 3), other.delivered);
        assertTrue(closedDoor.closed && other.closed);
    }

    @Test
    void fanoutBackpressure() throws Exception {
        ProbeSink<Integer> other = new ProbeSink<>(8, true);
        Sink<Integer> both = closedDoor.fanout(other);
        assertTrue(both.startSend(task, 1));
        assertTrue(both.startSend(task, 2));
        assertFalse(both.startSend(task, 3), "2 still waits for the slower sink");
        assertTrue(both.pollFlush(task).isPending());
        assertEquals(List.of(1, 2), other.delivered, "the faster sink has it already");
        closedDoor.open();
        assertTrue(both.startSend(task, 3));
        assertTrue(both.pollClose(task).isReady());
        assertEquals(List.of(1, 2, 3), closedDoor.delivered);
        both.cancel();
        assertTrue(closedDoor.cancelled && other.cancelled);
    }

    @Test
    void withFlatMap() throws Exception {
        ProbeSink<Integer> sink = new ProbeSink<>(8, true);
        Future<Void> all = Streams.of(0, 1, 2, 3)
                .forward(sink.withFlatMap(n -> Streams.repeat(n).take(n)));
        assertReady(null, all);
        assertEquals(List.of(1, 2, 2, 3, 3, 3), sink.delivered);
        assertTrue(sink.closed);
    }

    @Test
    void whatTheSinkRefusesIsToldOnceAndTheNextGoesOn() throws Exception {
        List<UnaryOperator<Sink<Integer>>> adapters = List.of(
                sink -> sink.with(Futures::ready),
                sink -> sink.withFlatMap(n -> Streams.of(n)),
                sink -> sink.buffer(2),
                sink -> sink.fanout(new ProbeSink<>(8, true)),
                sink -> new ProbeSink<Integer>(8, true).fanout(sink));
        for (UnaryOperator<Sink<Integer>> adapter : adapters) {
            ProbeSink<Integer> sink = new ProbeSink<>(8, true);
            sink.refused = 1;
            Sink<Integer> adapted = adapter.apply(sink);
            assertThrows(IllegalArgumentException.class, () -> {
                adapted.startSend(task, 1);
                adapted.pollFlush(task);
            });
            assertTrue(adapted.startSend(task, 2));
            assertTrue(adapted.pollClose(task).isReady());
            assertEquals(List.of(2), sink.delivered);
        }
    }

    @Test
    void theOtherSinkOfAFanoutGetsWhatOneHasRefused() throws Exception {
        ProbeSink<Integer> other = new ProbeSink<>(8, true);
        closedDoor.refused = 1;
        Sink<Integer> both = closedDoor.fanout(other);
        assertThrows(IllegalArgumentException.class, () -> both.startSend(task, 1));
        both.pollFlush(task);
        assertEquals(List.of(1), other.delivered);
    }

    /** What the original loses: the rest of a stream that was pending once. */
    @Test
    void withFlatMapWaitsForAStreamThatIsPending() throws Exception {
        ProbeSink<Integer> sink = new ProbeSink<>(8, true);
        ProbeStream<Integer> inner = ProbeStream.of(1);
        Sink<Integer> mapped = sink.withFlatMap(n -> inner);
        assertTrue(mapped.startSend(task, 0));
        assertTrue(mapped.pollFlush(task).isPending());
        assertEquals(List.of(1), sink.delivered, "flushed while the stream has nothing");
        assertFalse(mapped.startSend(task, 0), "one stream at a time");
        task.wakes();
        inner.give(2).end();
        assertTrue(task.wakes() > 0);
        assertTrue(mapped.pollClose(task).isReady());
        assertEquals(List.of(1, 2), sink.delivered);
    }

    @Test
    void withFlatMapKeepsTheItemThatFoundTheSinkFull() throws Exception {
        Sink<Integer> mapped = closedDoor.withFlatMap(n -> Streams.of(n, n + 1));
        assertTrue(mapped.startSend(task, 1));
        assertTrue(mapped.pollFlush(task).isPending());
        closedDoor.open();
        assertTrue(mapped.pollFlush(task).isReady());
        assertEquals(List.of(1, 2), closedDoor.delivered);
    }

    @Test
    void withFlatMapGoesOnAfterAFailure() throws Exception {
        ProbeSink<Integer> sink = new ProbeSink<>(8, true);
        Sink<Integer> mapped =
                sink.withFlatMap(n -> ProbeStream.of(1).fail("bad").give(2).end());
        assertTrue(mapped.startSend(task, 0));
        assertThrows(IOException.class, () -> mapped.pollFlush(task));
        assertTrue(mapped.pollFlush(task).isReady());
        assertEquals(List.of(1, 2), sink.delivered);
    }

    @Test
    void withFlatMapCancels() throws Exception {
        ProbeStream<Integer> inner = new ProbeStream<>();
        Sink<Integer> mapped = closedDoor.withFlatMap(n -> inner);
        assertTrue(mapped.startSend(task, 1));
        mapped.cancel();
        assertTrue(inner.cancelled && closedDoor.cancelled);
    }

    @Test
    void mapErr() throws Exception {
        Sink<Integer> broken = new Sink<Integer>() {
            @Override
            public boolean startSend(Task asking, Integer item) throws Exception {
                throw new IOException("send");
            }

            @Override
            public Poll<Void> pollFlush(Task asking) throws Exception {
                throw new IOException("flush");
            }

            @Override
            public Poll<Void> pollClose(Task asking) throws Exception {
                throw new IOException("close");
            }
        };
        Sink<Integer> mapped = broken.mapSinkError(e -> new IOException("mapped " + e.getMessage()));
        assertFails("mapped send", mapped.send(1));
        assertFails("mapped flush", mapped.flush());
        assertFails("mapped close", Streams.<Integer>empty().forward(mapped));
        Sink<Integer> whole = closedDoor.mapSinkError(e -> e);
        assertTrue(whole.startSend(task, 1));
        assertTrue(whole.pollFlush(task).isPending());
        whole.cancel();
        assertTrue(closedDoor.cancelled);
    }

    /** The original's {@code Vec} as a sink. */
    @Test
    void vecSink() throws Exception {
        List<Integer> list = new ArrayList<>();
        Sink<Integer> sink = Sinks.into(list);
        assertReady(null, sink.send(0));
        assertReady(null, Streams.of(1, 2).forward(sink));
        assertEquals(List.of(0, 1, 2), list);
    }
}
