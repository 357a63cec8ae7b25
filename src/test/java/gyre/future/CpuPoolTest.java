package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.parking;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link Futures#callOn} and {@link Futures#pollOn}, as in futures-cpupool's {@code tests/smoke.rs}. */
class CpuPoolTest {
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final ExecutorService pool = Executors.newFixedThreadPool(
            4,
            body -> new Thread(
                    () -> {
                        started.incrementAndGet();
                        body.run();
                        ended.incrementAndGet();
                    },
                    "my-pool"));

    @AfterEach
    void threadsGoAway() throws InterruptedException {
        pool.shutdown();
        assertTrue(pool.awaitTermination(20, TimeUnit.SECONDS));
        assertTrue(started.get() <= 4);
    }

    private Future<Integer> twice(int n) {
        return Futures.callOn(pool, () -> 2 * n);
    }

    @Test
    void join() throws Exception {
        assertEquals(8, parking(twice(1).join(twice(3), Integer::sum)));
    }

    @Test
    void select() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Future<Integer> slow = Futures.callOn(pool, () -> {
            never.await();
            return 0;
        });
        assertEquals(4, parking(slow.race(twice(2))));
        assertEquals(1, never.getCount(), "interrupted, or the pool would not end");
    }

    @Test
    void lifecycle() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertEquals(2 * i, parking(twice(i)));
        }
        threadsGoAway();
        for (long deadline = System.nanoTime() + 20_000_000_000L; ended.get() < started.get(); Thread.onSpinWait()) {
            assertTrue(System.nanoTime() < deadline);
        }
        assertThrows(RejectedExecutionException.class, () -> parking(twice(1)));
    }

    @Test
    void threadName() throws Exception {
        assertEquals(
                "my-pool",
                parking(Futures.callOn(pool, () -> Thread.currentThread().getName())));
        assertEquals(
                "my-pool",
                parking(Futures.pollOn(
                        pool,
                        Futures.lazy(() -> Futures.ready(Thread.currentThread().getName())))));
    }

    @Test
    void failuresArePassedOn() {
        IOException bad = new IOException("bad");
        AssertionError error = new AssertionError("panic");
        Future<Object> call = Futures.callOn(pool, () -> {
            throw bad;
        });
        assertSame(bad, assertThrows(IOException.class, () -> parking(call)));
        assertDone(call);
        assertSame(
                error,
                assertThrows(
                        AssertionError.class,
                        () -> parking(Futures.callOn(pool, () -> {
                            throw error;
                        }))));
        Future<Object> polled = Futures.pollOn(pool, Futures.failed(bad));
        assertSame(bad, assertThrows(IOException.class, () -> parking(polled)));
        assertDone(polled);
        assertSame(
                error,
                assertThrows(
                        AssertionError.class,
                        () -> parking(Futures.pollOn(pool, Futures.pollFn(t -> {
                            throw error;
                        })))));
    }

    @Test
    void nothingBeginsBeforeTheFirstPoll() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Probe<Integer> probe = new Probe<>();
        Future<Integer> call = Futures.callOn(queue::add, () -> 1);
        Future<Integer> polled = Futures.pollOn(queue::add, probe);
        assertEquals(0, queue.size());
        call.cancel();
        polled.cancel();
        assertTrue(probe.cancelled, "here, as nothing has begun");
        assertDone(call);
        assertDone(polled);
        assertEquals(0, queue.size());
    }

    @Test
    void cancelDropsACallThatHasNotBegun() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        boolean[] ran = {false};
        Future<Integer> call = Futures.callOn(queue::add, () -> {
            ran[0] = true;
            return 1;
        });
        Block.assertPending(call);
        call.cancel();
        queue.remove().run();
        assertFalse(ran[0]);
        assertDone(call);
    }

    @Test
    void cancelInterruptsACallThatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<String> seen = new CompletableFuture<>();
        Future<Object> call = Futures.callOn(pool, () -> {
            running.countDown();
            try {
                return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                seen.complete("interrupted");
                throw e;
            }
        });
        FakeTask task = new FakeTask();
        assertTrue(call.poll(task).isPending());
        running.await();
        call.cancel();
        assertEquals("interrupted", seen.get());
        assertEquals(0, task.wakes());
    }

    @Test
    void droppedCallCanBeCancelledByWhoeverDroppedIt() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        FakeTask task = new FakeTask();
        Future<Integer> call = Futures.callOn(queue::add, () -> 1);
        assertTrue(call.poll(task).isPending());
        ((java.util.concurrent.Future<?>) queue.remove()).cancel(false);
        assertEquals(1, task.wakes());
        assertThrows(CancellationException.class, () -> call.poll(task));
    }

    @Test
    void droppedFutureCanBeCancelledByWhoeverDroppedIt() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Probe<Integer> probe = new Probe<>();
        FakeTask task = new FakeTask();
        Future<Integer> polled = Futures.pollOn(queue::add, probe);
        assertTrue(polled.poll(task).isPending());
        Runnable dropped = queue.remove();
        assertTrue(((java.util.concurrent.Future<?>) dropped).cancel(false));
        assertEquals(1, task.wakes());
        assertThrows(CancellationException.class, () -> polled.poll(task));
        assertTrue(probe.cancelled);
        dropped.run();
        probe.wake();
        assertEquals(0, probe.polls);
        assertEquals(0, queue.size());
        assertDone(polled);
    }

    @Test
    void futureDroppedAfterTheCancelIsCancelledByWhoeverDropsIt() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Probe<Integer> probe = new Probe<>();
        Future<Integer> polled = Futures.pollOn(queue::add, probe);
        Block.assertPending(polled);
        polled.cancel();
        assertFalse(probe.cancelled);
        assertTrue(((java.util.concurrent.Future<?>) queue.remove()).cancel(false));
        assertTrue(probe.cancelled);
    }

    @Test
    void futureThatTheExecutorDoesNotHoldCannotBeDropped() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Probe<Integer> probe = new Probe<>();
        Future<Integer> polled = Futures.pollOn(queue::add, probe);
        Block.assertPending(polled);
        Runnable run = queue.remove();
        run.run();
        assertFalse(((java.util.concurrent.Future<?>) run).cancel(true));
        probe.complete(3);
        queue.remove().run();
        assertEquals(3, polled.poll(new FakeTask()).value());
    }

    @Test
    void futureIsPolledOnceAWakeAndNeverInside() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Probe<Integer> probe = new Probe<>();
        FakeTask task = new FakeTask();
        Future<Integer> polled = Futures.pollOn(queue::add, probe);
        assertTrue(polled.poll(task).isPending());
        assertTrue(polled.poll(task).isPending());
        assertEquals(1, queue.size());
        assertEquals(0, probe.polls);
        queue.remove().run();
        assertEquals(1, probe.polls);
        probe.wake();
        probe.wake();
        assertEquals(1, queue.size());
        probe.complete(5);
        assertEquals(0, task.wakes());
        queue.remove().run();
        assertEquals(1, task.wakes());
        assertEquals(0, queue.size());
        assertEquals(5, polled.poll(task).value());
        probe.wake();
        assertEquals(0, queue.size());
        assertDone(polled);
    }

    @Test
    void wakeDuringAPollPollsAgain() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Future<Void> polled = Futures.pollOn(queue::add, Futures.yieldNow());
        Block.assertPending(polled);
        queue.remove().run();
        assertEquals(1, queue.size());
        queue.remove().run();
        assertTrue(polled.poll(new FakeTask()).isReady());
    }

    @Test
    void cancelTakesEffectAtTheNextPoll() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Probe<Integer> probe = new Probe<>();
        Future<Integer> polled = Futures.pollOn(queue::add, probe);
        Block.assertPending(polled);
        queue.remove().run();
        polled.cancel();
        polled.cancel();
        assertFalse(probe.cancelled);
        queue.remove().run();
        assertTrue(probe.cancelled);
        probe.wake();
        assertEquals(0, queue.size());
        assertDone(polled);
    }

    @Test
    void endlessFutureCanBeCancelled() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Future<Void> endless = Futures.pollOn(
                pool,
                Streams.repeat(1)
                        .forEach(n -> running.countDown())
                        .onEnd(outcome -> cancelled.complete(outcome.isCancelled())));
        Block.assertPending(endless);
        running.await();
        endless.cancel();
        assertTrue(cancelled.get(20, TimeUnit.SECONDS));
    }

    @Test
    void refusalIsTheFailureAndTheFutureIsCancelled() throws Exception {
        Probe<Integer> probe = new Probe<>();
        Future<Integer> polled = Futures.pollOn(
                body -> {
                    throw new RejectedExecutionException("full");
                },
                probe);
        Block.assertFails("full", polled);
        assertTrue(probe.cancelled);
        assertDone(polled);
    }

    @Test
    void refusalAfterTheCancelCancelsTheFuture() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        boolean[] closed = {false};
        Probe<Integer> probe = new Probe<>();
        Future<Integer> polled = Futures.pollOn(
                body -> {
                    if (closed[0]) {
                        throw new RejectedExecutionException("closed");
                    }
                    queue.add(body);
                },
                probe);
        Block.assertPending(polled);
        queue.remove().run();
        closed[0] = true;
        polled.cancel();
        assertTrue(probe.cancelled);
    }

    @Test
    void refusalOfTheNextPollIsTheFailure() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Probe<Integer> probe = new Probe<>();
        FakeTask task = new FakeTask();
        Future<Integer> polled = Futures.pollOn(
                body -> {
                    if (probe.polls > 0) {
                        throw new RejectedExecutionException("closed");
                    }
                    queue.add(body);
                },
                probe);
        assertTrue(polled.poll(task).isPending());
        queue.remove().run();
        probe.wake();
        assertEquals(1, task.wakes());
        Block.assertFails("closed", polled);
        assertTrue(probe.cancelled);
    }

    /** Each round trip goes through wakes in both directions; one that is lost hangs it. */
    @Test
    void noWakeIsLost() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            Probe<Integer> probe = new Probe<>();
            Future<Integer> polled = Futures.pollOn(pool, probe);
            Block.assertPending(polled);
            probe.complete(round);
            assertEquals(round, parking(polled));
            assertEquals(2 * round, parking(twice(round)));
        }
    }
}
