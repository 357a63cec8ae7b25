package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertPending;
import static gyre.future.Block.assertReady;
import static gyre.future.Block.items;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The combinators of streams, as in futures-rs {@code tests/stream.rs}. */
class StreamTest {
    private final FakeTask task = new FakeTask();

    private static ProbeStream<Integer> list() {
        return ProbeStream.of(1, 2, 3).end();
    }

    private static ProbeStream<Integer> errList() {
        return ProbeStream.of(1, 2).fail("bad").end();
    }

    @Test
    void map() {
        assertEquals(List.of(2, 3, 4), items(list().map(a -> a + 1)));
        assertEquals(List.of(2, 3, "bad"), items(errList().map(a -> a + 1)));
        assertEquals(List.of(1, "two", 3), items(list().map(a -> {
            if (a == 2) {
                throw new IOException("two");
            }
            return a;
        })));
    }

    @Test
    void mapErr() {
        assertEquals(List.of(1, 2, "worse"), items(errList().mapError(e -> new IOException("worse"))));
        assertEquals(List.of(1, 2, 9), items(errList().recover(e -> 9)));
    }

    @Test
    void fold() throws Exception {
        assertReady(6, list().fold(0, Integer::sum));
        ProbeStream<Integer> failing = errList();
        assertFails("bad", failing.fold(0, Integer::sum));
        assertTrue(failing.cancelled);
        ProbeStream<Integer> slow = ProbeStream.of(1, 2);
        Future<Integer> sum = slow.fold(0, Integer::sum);
        assertPending(sum);
        slow.give(5).end();
        assertReady(8, sum);
        assertDone(sum);
    }

    @Test
    void foldAwait() throws Exception {
        assertReady(6, list().foldAwait(0, (a, b) -> Futures.ready(a + b)));
        ProbeStream<Integer> source = list();
        Probe<Integer> slow = new Probe<>();
        Future<Integer> sum = source.foldAwait(0, (a, b) -> b == 2 ? slow : Futures.ready(a + b));
        assertPending(sum);
        assertEquals(2, source.polls);
        slow.complete(10);
        assertReady(13, sum);
        assertDone(sum);
        ProbeStream<Integer> failing = list();
        assertFails("bad", failing.foldAwait(0, (a, b) -> Futures.failed(new IOException("bad"))));
        assertTrue(failing.cancelled);
    }

    @Test
    void filter() {
        assertEquals(List.of(1, 3), items(list().filter(a -> a % 2 == 1)));
        assertEquals(List.of(2, "bad"), items(errList().filter(a -> a % 2 == 0)));
    }

    @Test
    void filterMap() {
        assertEquals(
                List.of("1", "3"), items(list().filterMap(a -> a % 2 == 1 ? Optional.of("" + a) : Optional.empty())));
        assertEquals(List.of("bad"), items(errList().filterMap(a -> Optional.empty())));
    }

    @Test
    void andThen() {
        assertEquals(
                List.of(2, 3, 4), items(list().andThen(a -> Futures.yieldNow().map(v -> a + 1))));
        assertEquals(List.of(2, 3, "bad"), items(errList().andThen(a -> Futures.ready(a + 1))));
        assertEquals(
                List.of("fail 1", "fail 2", "fail 3"),
                items(list().andThen(a -> Futures.failed(new IOException("fail " + a)))));
    }

    @Test
    void then() {
        assertEquals(
                List.of("1 null", "2 null", "null bad"),
                items(errList().then((a, e) -> Futures.ready(a + " " + (e == null ? null : e.getMessage())))));
    }

    @Test
    void orElse() {
        assertEquals(List.of(1, 2, 7), items(errList().orElse(e -> Futures.ready(7))));
    }

    @Test
    void perItemFuturesRunOneAtATime() throws Exception {
        ProbeStream<Integer> source = list();
        Probe<Integer> slow = new Probe<>();
        Stream<Integer> stream = source.andThen(a -> slow);
        assertTrue(stream.poll(task).isPending());
        assertTrue(stream.poll(task).isPending());
        assertEquals(1, source.polls);
        stream.cancel();
        assertTrue(slow.cancelled && source.cancelled);
    }

    @Test
    void take() throws Exception {
        ProbeStream<Integer> source = list();
        Stream<Integer> two = source.take(2);
        assertEquals(1, two.poll(task).value());
        assertFalse(source.cancelled);
        assertEquals(2, two.poll(task).value());
        assertTrue(source.cancelled);
        assertTrue(two.poll(task).isEnd());
        assertTrue(two.poll(task).isEnd());
        two.cancel();
        assertEquals(List.of(1, 2, 3), items(list().take(9)));
        assertEquals(
                List.of(1, 2, "bad", 4),
                items(ProbeStream.of(1, 2).fail("bad").give(4).take(3)));
        ProbeStream<Integer> none = list();
        assertEquals(List.of(), items(none.take(0)));
        assertTrue(none.cancelled);
        assertThrows(IllegalArgumentException.class, () -> list().take(-1));
    }

    @Test
    void takeWhile() {
        ProbeStream<Integer> source = list();
        assertEquals(List.of(1), items(source.takeWhile(a -> a < 2)));
        assertTrue(source.cancelled);
    }

    @Test
    void skip() {
        assertEquals(List.of(3), items(list().skip(2)));
        assertEquals(List.of(), items(list().skip(9)));
        assertEquals(
                List.of("bad", 3),
                items(ProbeStream.of(1).fail("bad").give(2).give(3).end().skip(2)));
        assertThrows(IllegalArgumentException.class, () -> list().skip(-1));
    }

    @Test
    void skipPassesErrors() {
        assertEquals(List.of("bad"), items(errList().skip(2)));
    }

    @Test
    void skipWhile() {
        assertEquals(List.of(2, 3, 1), items(ProbeStream.of(1, 2, 3, 1).end().skipWhile(a -> a < 2)));
    }

    @Test
    void chain() {
        assertEquals(List.of(1, 2, 3, 1, 2, 3), items(list().chain(list())));
        assertEquals(List.of(1, 2, "bad", 1, 2, 3), items(errList().chain(list())));
    }

    @Test
    void zip() {
        assertEquals(List.of(2, 4, 6), items(list().zip(list(), Integer::sum)));
        ProbeStream<Integer> longer = list();
        assertEquals(List.of(2, 4), items(longer.zip(list().take(2), Integer::sum)));
        assertTrue(longer.cancelled);
        ProbeStream<Integer> second = list();
        assertEquals(List.of(2), items(ProbeStream.of(1).end().zip(second, Integer::sum)));
        assertTrue(second.cancelled);
        assertEquals(
                List.of(2, 4, "bad"),
                items(errList()
                        .zip(list().take(2).chain(ProbeStream.<Integer>of().end()), Integer::sum)));
    }

    @Test
    void flatMap() {
        assertEquals(List.of(1, 1, 2, 1, 2, 3), items(list().flatMap(n -> list().take(n))));
    }

    @Test
    void chunks() throws Exception {
        assertEquals(List.of(List.of(1, 2, 3)), items(list().chunks(3)));
        assertEquals(List.of(List.of(1, 2), List.of(3)), items(list().chunks(2)));
        assertEquals(List.of(List.of(1, 2), "bad"), items(errList().chunks(3)));
        assertEquals(
                List.of(List.of(1, 2), "bad", List.of(4)),
                items(ProbeStream.of(1, 2).fail("bad").give(4).end().chunks(3)));
        assertThrows(IllegalArgumentException.class, () -> list().chunks(0));
    }

    @Test
    void select() throws Exception {
        assertEquals(
                List.of(1, 10, 2, 20, 3),
                items(list().select(ProbeStream.of(10, 20).end())));
        ProbeStream<Integer> a = new ProbeStream<>();
        ProbeStream<Integer> b = ProbeStream.of(10, 20);
        Stream<Integer> both = a.select(b);
        assertEquals(10, both.poll(task).value());
        a.give(1);
        assertEquals(1, both.poll(task).value());
        assertEquals(20, both.poll(task).value());
        assertTrue(both.poll(task).isPending());
        a.end();
        assertTrue(both.poll(task).isPending());
        b.give(30).end();
        assertEquals(30, both.poll(task).value());
        assertTrue(both.poll(task).isEnd());
    }

    @Test
    void selectCancelsThoseThatHaveNotEnded() throws Exception {
        ProbeStream<Integer> a = ProbeStream.<Integer>of().end();
        ProbeStream<Integer> b = new ProbeStream<>();
        Stream<Integer> both = a.select(b);
        assertTrue(both.poll(task).isPending());
        both.cancel();
        assertFalse(a.cancelled);
        assertTrue(b.cancelled);
    }

    @Test
    void forEach() throws Exception {
        List<Integer> seen = new ArrayList<>();
        assertReady(null, list().forEach(seen::add));
        assertEquals(List.of(1, 2, 3), seen);
        ProbeStream<Integer> failing = errList();
        Future<Void> future = failing.forEach(seen::add);
        assertFails("bad", future);
        assertTrue(failing.cancelled);
        assertDone(future);
        ProbeStream<Integer> source = list();
        assertFails("no", source.forEach(a -> {
            throw new IOException("no");
        }));
        assertTrue(source.cancelled);
    }

    @Test
    void forEachAwaitWaitsForEachItem() throws Exception {
        ProbeStream<Integer> source = list();
        List<Probe<Integer>> started = new ArrayList<>();
        Future<Void> all = source.forEachAwait(a -> {
            Probe<Integer> probe = new Probe<>();
            started.add(probe);
            return probe;
        });
        for (int i = 0; i < 3; i++) {
            assertPending(all);
            assertEquals(i + 1, started.size());
            started.get(i).complete(i);
        }
        assertReady(null, all);
        assertDone(all);
        ProbeStream<Integer> second = list();
        Future<Void> cancelled = second.forEachAwait(a -> started.get(0) == null ? null : new Probe<Integer>());
        assertPending(cancelled);
        cancelled.cancel();
        assertTrue(second.cancelled);
    }

    @Test
    void collect() throws Exception {
        assertReady(List.of(1, 2, 3), list().collect());
        ProbeStream<Integer> failing = errList();
        assertFails("bad", failing.collect());
        assertTrue(failing.cancelled);
        assertReady(List.of(), Streams.empty().collect());
        assertReady(List.of(5, 5), Streams.repeat(5).take(2).collect());
        assertReady(List.of("a", "b"), Streams.of("a", "b").collect());
    }

    @Test
    void intoFuture() throws Exception {
        ProbeStream<Integer> source = ProbeStream.of(1).fail("bad").give(2).end();
        Next<Integer> next = Block.on(source.intoFuture());
        assertEquals(1, next.item());
        Future<Next<Integer>> failing = next.rest().intoFuture();
        assertFails("bad", failing);
        assertFalse(source.cancelled);
        assertDone(failing);
        assertEquals(2, Block.on(source.intoFuture()).item());
        Next<Integer> last = Block.on(source.intoFuture());
        assertTrue(last.isEnd());
        assertThrows(IllegalStateException.class, last::item);
    }

    @Test
    void streamMayBePolledAgainAfterAFailure() {
        assertEquals(
                List.of(1, "bad", 3),
                items(ProbeStream.of(1)
                        .fail("bad")
                        .give(3)
                        .end()
                        .map(a -> a)
                        .filter(a -> true)
                        .andThen(Futures::ready)));
    }

    @Test
    void inspect() {
        List<Integer> seen = new ArrayList<>();
        assertEquals(List.of(1, 2, 3), items(list().inspect(seen::add)));
        assertEquals(List.of(1, 2, 3), seen);
    }

    @Test
    void inspectErr() {
        List<String> seen = new ArrayList<>();
        assertEquals(List.of(1, 2, "bad"), items(errList().inspectError(e -> seen.add(e.getMessage()))));
        assertEquals(List.of("bad"), seen);
    }

    @Test
    void takeWhileAwait() throws Exception {
        ProbeStream<Integer> source = list();
        assertEquals(
                List.of(1), items(source.takeWhileAwait(a -> Futures.yieldNow().map(v -> a < 2))));
        assertTrue(source.cancelled);
        ProbeStream<Integer> second = list();
        Probe<Boolean> question = new Probe<>();
        Stream<Integer> waiting = second.takeWhileAwait(a -> question);
        assertTrue(waiting.poll(task).isPending());
        waiting.cancel();
        assertTrue(question.cancelled && second.cancelled);
        assertEquals(
                List.of("no", 2, 3),
                items(list().takeWhileAwait(
                                a -> a == 1 ? Futures.failed(new IOException("no")) : Futures.ready(true))));
    }

    @Test
    void skipWhileAwait() throws Exception {
        int[] asked = {0};
        assertEquals(List.of(2, 3, 1), items(ProbeStream.of(1, 2, 3, 1).end().skipWhileAwait(a -> {
            asked[0]++;
            return Futures.yieldNow().map(v -> a < 2);
        })));
        assertEquals(2, asked[0]);
        ProbeStream<Integer> source = list();
        Probe<Boolean> question = new Probe<>();
        Stream<Integer> waiting = source.skipWhileAwait(a -> question);
        assertTrue(waiting.poll(task).isPending());
        assertEquals(1, source.polls);
        waiting.cancel();
        assertTrue(question.cancelled && source.cancelled);
        assertEquals(
                List.of("no", 2, 3),
                items(list().skipWhileAwait(
                                a -> a == 1 ? Futures.failed(new IOException("no")) : Futures.ready(false))));
        assertEquals(List.of("bad"), items(errList().skipWhileAwait(a -> Futures.ready(true))));
    }
}
