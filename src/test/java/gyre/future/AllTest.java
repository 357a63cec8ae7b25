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
import org.junit.jupiter.api.Test;

/** The combinators of futures, as in futures-rs {@code tests/all.rs}. */
class AllTest {
    private static Future<Integer> one() {
        return Futures.ready(1);
    }

    private static Future<Integer> bad() {
        return Futures.failed(new IOException("bad"));
    }

    @Test
    void resultSmoke() throws Exception {
        assertReady(1, one());
        assertFails("bad", bad());
        assertReady(2, one().map(a -> a + 1));
        assertFails("bad", bad().map(a -> a + 1));
        assertReady(1, one().mapError(e -> new IOException("worse")));
        assertFails("worse", bad().mapError(e -> new IOException("worse")));
        assertReady(3, one().andThen(a -> Futures.ready(a + 2)));
        assertFails("bad", one().andThen(a -> bad()));
        assertFails("bad", bad().andThen(a -> one()));
        assertReady(1, one().orElse(e -> bad()));
        assertReady(1, bad().orElse(e -> one()));
        assertFails("bad", bad().orElse(e -> bad()));
        assertReady(7, bad().recover(e -> 7));
        assertReady(1, one().recover(e -> 7));
        assertReady(3, one().join(Futures.ready(2), Integer::sum));
        assertFails("bad", one().join(bad(), Integer::sum));
        assertFails("bad", bad().join(one(), Integer::sum));
        assertReady(List.of(1), one().intoStream().collect());
    }

    @Test
    void thenSeesValueOrException() throws Exception {
        assertReady("1 null", one().then((v, e) -> Futures.ready(v + " " + e)));
        assertReady("null bad", bad().then((v, e) -> Futures.ready(v + " " + e.getMessage())));
        assertFails("bad", bad().then((v, e) -> {
            throw e;
        }));
        Error error = new AssertionError("a mistake");
        Probe<Integer> probe = new Probe<>();
        probe.fail(error);
        Future<Integer> then = probe.then((v, e) -> one());
        assertSame(error, assertThrows(Error.class, () -> then.poll(new FakeTask())));
    }

    @Test
    void errorsAreNotOfferedToRecover() {
        for (int kind = 0; kind < 3; kind++) {
            Probe<Integer> probe = new Probe<>();
            probe.fail(new StackOverflowError());
            Future<Integer> future = kind == 0
                    ? probe.recover(e -> 1)
                    : kind == 1 ? probe.orElse(e -> one()) : probe.mapError(IOException::new);
            assertThrows(StackOverflowError.class, () -> future.poll(new FakeTask()));
        }
    }

    @Test
    void throwOfAFunctionIsTheFailure() throws Exception {
        assertFails("fn", one().map(a -> {
            throw new IOException("fn");
        }));
        assertFails("fn", one().andThen(a -> {
            throw new IOException("fn");
        }));
        assertFails("fn", bad().recover(a -> {
            throw new IOException("fn");
        }));
        assertFails("fn", Futures.lazy(() -> {
            throw new IOException("fn");
        }));
        assertReady(
                5,
                one().<Integer>map(a -> {
                            throw new IOException("fn");
                        })
                        .recover(e -> 5));
        assertFails("the function gave no future", one().andThen(a -> null));
    }

    @Test
    void testEmpty() throws Exception {
        FakeTask task = new FakeTask();
        Future<Integer> never = Futures.<Integer>never().map(a -> a + 1).andThen(Futures::ready);
        assertTrue(never.poll(task).isPending());
        assertTrue(never.poll(task).isPending());
        assertEquals(0, task.wakes());
        assertReady(1, Futures.<Integer>never().select(one()).map(Selected::value));
        assertReady(1, one().select(Futures.never()).map(Selected::value));
    }

    @Test
    void nothingRunsBeforeTheFirstPoll() throws Exception {
        List<String> ran = new ArrayList<>();
        Future<Integer> lazy = Futures.lazy(() -> {
                    ran.add("lazy");
                    return one();
                })
                .inspect(a -> ran.add("inspect"));
        Future<Integer> cancelled = Futures.lazy(() -> {
            ran.add("cancelled");
            return one();
        });
        assertEquals(List.of(), ran);
        cancelled.cancel();
        assertReady(1, lazy);
        assertEquals(List.of("lazy", "inspect"), ran);
        assertDone(cancelled);
    }

    @Test
    void flatten() throws Exception {
        assertReady(1, Futures.ready(one()).andThen(inner -> inner));
        Probe<Future<Integer>> outer = new Probe<>();
        Probe<Integer> inner = new Probe<>();
        Future<Integer> flat = outer.andThen(f -> f);
        assertPending(flat);
        outer.complete(inner);
        assertPending(flat);
        inner.complete(3);
        assertReady(3, flat);
    }

    @Test
    void selectGivesTheRestAlive() throws Exception {
        Probe<Integer> a = new Probe<>();
        Probe<Integer> b = new Probe<>();
        Future<Selected<Integer>> select = a.select(b);
        assertPending(select);
        b.complete(2);
        Selected<Integer> first = Block.on(select);
        assertEquals(2, first.value());
        a.complete(1);
        assertReady(1, first.rest());
    }

    @Test
    void selectPrefersTheFirst() throws Exception {
        Probe<Object> b = Probe.done(2);
        Selected<Object> first = Block.on(Probe.done(1).select(b));
        assertEquals(1, first.value());
        assertSame(b, first.rest());
        assertEquals(0, b.polls);
    }

    @Test
    void selectCancels() throws Exception {
        Probe<Integer> a = new Probe<>();
        Probe<Integer> b = new Probe<>();
        Future<Selected<Integer>> select = a.select(b);
        assertPending(select);
        a.fail("bad");
        assertFails("bad", select);
        assertTrue(b.cancelled);
        assertDone(select);
    }

    @Test
    void raceCancelsTheSlower() throws Exception {
        Probe<Integer> a = new Probe<>();
        Probe<Integer> b = new Probe<>();
        Future<Integer> race = a.race(b);
        assertPending(race);
        b.complete(2);
        assertReady(2, race);
        assertTrue(a.cancelled);
    }

    @Test
    void joinCancels() throws Exception {
        Probe<Integer> a = new Probe<>();
        Probe<Integer> b = new Probe<>();
        Future<Integer> join = a.join(b, Integer::sum);
        assertPending(join);
        b.fail("bad");
        assertFails("bad", join);
        assertTrue(a.cancelled);
        assertDone(join);
    }

    @Test
    void joinIncomplete() throws Exception {
        Probe<Integer> a = new Probe<>();
        Probe<Integer> b = new Probe<>();
        Future<Integer> join = a.join(b, Integer::sum);
        assertPending(join);
        b.complete(2);
        assertPending(join);
        assertPending(join);
        assertEquals(2, b.polls);
        a.complete(1);
        assertReady(3, join);
        assertDone(join);
    }

    @Test
    void joinAndSelectRefuseNull() {
        assertThrows(NullPointerException.class, () -> one().join(null, Integer::sum));
        assertThrows(NullPointerException.class, () -> one().select(null));
    }

    @Test
    void joinOfThreeToFive() throws Exception {
        assertReady("abc", Futures.join(s("a"), s("b"), s("c"), (a, b, c) -> a + b + c));
        assertReady("abcd", Futures.join(s("a"), s("b"), s("c"), s("d"), (a, b, c, d) -> a + b + c + d));
        assertReady(
                "abcde", Futures.join(s("a"), s("b"), s("c"), s("d"), s("e"), (a, b, c, d, e) -> a + b + c + d + e));
        Probe<String> left = new Probe<>();
        Probe<String> right = new Probe<>();
        Future<String> join = Futures.join(left, s("b"), right, s("d"), (a, b, c, d) -> a + b + c + d);
        assertPending(join);
        join.cancel();
        assertTrue(left.cancelled && right.cancelled);
    }

    private static Future<String> s(String value) {
        return Futures.ready(value);
    }

    @Test
    void yieldNowIsPendingOnce() throws Exception {
        FakeTask task = new FakeTask();
        Future<Void> pause = Futures.yieldNow();
        assertTrue(pause.poll(task).isPending());
        assertEquals(1, task.wakes());
        assertTrue(pause.poll(task).isReady());
    }

    @Test
    void nullIsAValue() throws Exception {
        assertReady(null, Futures.<Integer>ready(null).map(a -> a));
        assertReady(null, Futures.done());
        assertReady(null, Futures.<Integer>ready(null).then((v, e) -> Futures.ready(v)));
        assertFalse(Block.on(Futures.<Integer>ready(null).outcome()).isFailure());
    }
}
