package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Long chains and recursive ones, on a thread with a small stack. */
class RecurseTest {
    /** A quarter of the default: room to load a class from a long class path, none for 100,000 frames. */
    private static final int SMALL_STACK = 256 * 1024;

    private static <T> T onSmallStack(ThrowingSupplier<T> body) throws Exception {
        FutureTask<T> result = new FutureTask<>(body::get);
        new Thread(null, result, "small stack", SMALL_STACK).start();
        return result.get();
    }

    private static Future<Integer> count(int left) {
        return left == 0
                ? Futures.ready(0)
                : Futures.ready(left).andThen(n -> count(n - 1)).map(n -> n + 1);
    }

    private static Future<Integer> tail(int left, int sum) {
        return left == 0 ? Futures.ready(sum) : Futures.yieldNow().andThen(v -> tail(left - 1, sum + 1));
    }

    private static Future<Integer> lazyTail(int left) {
        return Futures.lazy(() -> left == 0 ? Futures.ready(7) : lazyTail(left - 1));
    }

    @Test
    void lots() throws Exception {
        assertEquals(100_000, onSmallStack(() -> Block.on(count(100_000))));
    }

    @Test
    void rightRecursionUsesNoStack() throws Exception {
        assertEquals(1_000_000, onSmallStack(() -> Block.on(tail(1_000_000, 0))));
        assertEquals(7, onSmallStack(() -> Block.on(lazyTail(1_000_000))));
    }

    @Test
    void chainBuiltInALoopUsesNoStack() throws Exception {
        assertEquals(200_001, onSmallStack(() -> {
            Future<Integer> future = Futures.ready(1);
            for (int i = 0; i < 100_000; i++) {
                future = future.andThen(n -> Futures.ready(n + 1)).map(n -> n + 1);
            }
            return Block.on(future);
        }));
    }

    @Test
    void longChainCostsNoMoreToPollThanItsLeaf() throws Exception {
        Probe<Integer> leaf = new Probe<>();
        Future<Integer> future = leaf;
        for (int i = 0; i < 1_000; i++) {
            future = future.map(n -> n + 1);
        }
        Future<Integer> chain = future;
        FakeTask task = new FakeTask();
        assertTrue(chain.poll(task).isPending());
        StackTraceElement[][] stack = {null};
        leaf.complete(0);
        assertEquals(1_000, Block.on(chain));
        Future<Integer> deep = Futures.<Integer>pollFn(t -> {
            stack[0] = new Throwable().getStackTrace();
            return Poll.ready(1);
        });
        for (int i = 0; i < 1_000; i++) {
            deep = deep.map(n -> n + 1);
        }
        Block.on(deep);
        assertTrue(stack[0].length < 200, () -> stack[0].length + " frames");
    }

    @Test
    void failurePassesThroughALongChain() throws Exception {
        assertEquals("bad 1", onSmallStack(() -> {
            int[] told = {0};
            Future<Integer> future = Futures.failed(new IOException("bad"));
            for (int i = 0; i < 100_000; i++) {
                future = future.map(n -> n + 1).andThen(Futures::ready);
            }
            return Block.on(
                    future.onEnd(o -> told[0]++).map(String::valueOf).recover(e -> e.getMessage() + " " + told[0]));
        }));
    }

    @Test
    void cancelPassesThroughALongChain() throws Exception {
        assertEquals(100_000, onSmallStack(() -> {
            int[] told = {0};
            Probe<Integer> leaf = new Probe<>();
            Future<Integer> future = leaf;
            for (int i = 0; i < 100_000; i++) {
                future = future.onEnd(o -> told[0]++);
            }
            future.cancel();
            assertTrue(leaf.cancelled);
            return told[0];
        }));
    }

    @Test
    void chainThatWasPolledCanBeExtended() throws Exception {
        Probe<Integer> leaf = new Probe<>();
        Future<Integer> inner = leaf.map(n -> n + 1).map(n -> n * 2);
        assertTrue(inner.poll(new FakeTask()).isPending());
        Future<Integer> outer = inner.andThen(n -> Futures.ready(n + 100)).map(n -> n + 1_000);
        FakeTask task = new FakeTask();
        assertTrue(outer.poll(task).isPending());
        leaf.complete(1);
        assertEquals(1, task.wakes());
        Block.assertReady(1_104, outer);
        Block.assertDone(outer);
        Block.assertDone(inner);
    }

    @Test
    void polledChainAsTheNextFuture() throws Exception {
        Probe<Integer> leaf = new Probe<>();
        Future<Integer> inner = leaf.map(n -> n + 1).andThen(n -> Futures.ready(n * 2));
        assertTrue(inner.poll(new FakeTask()).isPending());
        Future<Integer> outer = Futures.ready(0).andThen(n -> inner).map(n -> n + 1);
        Block.assertPending(outer);
        leaf.complete(4);
        Block.assertReady(11, outer);
    }

    @Test
    void chainGivenToTwoOwnersComplains() throws Exception {
        Future<Integer> shared = new Probe<Integer>().map(n -> n + 1);
        Future<Integer> first = shared.map(n -> n);
        Future<Integer> second = shared.map(n -> n);
        Block.assertPending(first);
        Block.assertDone(second);
        Block.assertDone(shared);
    }

    /** The bound that Future's page states, for what is nested and not chained. */
    @Test
    void fiveHundredNestedJoinsFitIntoADefaultStack() throws Exception {
        FutureTask<Object> result = new FutureTask<>(() -> {
            Future<Integer> join = Futures.ready(0);
            Future<?> joinAll = Futures.ready(0);
            Stream<Integer> stream = Streams.of(0);
            for (int i = 0; i < 500; i++) {
                join = join.join(Futures.ready(1), Integer::sum);
                joinAll = Futures.joinAll(List.of(joinAll.map(n -> 0)));
                stream = stream.map(n -> n + 1);
            }
            Block.on(joinAll);
            return Block.on(join) + Block.on(stream.collect()).get(0);
        });
        new Thread(null, result, "default stack", 1024 * 1024).start();
        assertEquals(1_000, result.get());
    }

    @Test
    void loopFnUsesNoStack() throws Exception {
        assertEquals(
                1_000_000,
                onSmallStack(() -> Block.on(Futures.<Integer, Integer>loopFn(
                        0, n -> Futures.ready(n == 1_000_000 ? Loop.done(n) : Loop.again(n + 1))))));
    }

    @Test
    void loopFnWaitsForEachRound() throws Exception {
        Probe<Loop<String, String>> first = new Probe<>();
        Probe<Loop<String, String>> second = new Probe<>();
        Future<String> loop = Futures.loopFn("s", s -> s.equals("s") ? first : second);
        assertEquals(0, first.polls);
        Block.assertPending(loop);
        first.complete(Loop.again("t"));
        Block.assertPending(loop);
        assertEquals(1, second.polls);
        loop.cancel();
        assertTrue(second.cancelled);
        Block.assertDone(loop);
        Future<Integer> failing = Futures.loopFn(1, n -> Futures.failed(new IOException("bad")));
        assertThrows(IOException.class, () -> failing.poll(new FakeTask()));
        Block.assertDone(failing);
    }
}
