package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryBackend
class SpawnTest {
    private final Backend backend;
    private final List<Throwable> uncaught = new ArrayList<>();
    private Core core;
    private Handle handle;

    SpawnTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((t, e) -> uncaught.add(e))
                .open();
        handle = core.handle();
    }

    @AfterEach
    void close() throws Exception {
        core.close();
    }

    @Test
    void simple() throws Exception {
        JoinHandle<Integer> one = handle.spawn(Call.of(() -> 1));
        JoinHandle<Integer> two = handle.spawnFn(pinned -> Call.of(() -> 2));
        assertEquals(List.of(1, 2), core.run(one.join(two, List::of)));
    }

    /** The original's simple_send, simple_send_current_thread, tokio_spawn_from_fut and spawn_in_poll2, of one handle here. */
    @Test
    void spawningFromInsideRunAndFromATask() throws Exception {
        assertEquals(List.of(1, 2), core.run(Futures.lazy(() -> {
            JoinHandle<Integer> one = handle.spawn(Call.of(() -> 1));
            JoinHandle<JoinHandle<Integer>> two =
                    handle.pinned().spawnFn(pinned -> Futures.ready(pinned.spawn(Call.of(() -> 2))));
            return one.join(two.andThen(inner -> inner), List::of);
        })));
    }

    @Test
    void simpleCorePoll() throws Exception {
        List<Integer> ran = new ArrayList<>();
        core.turn(Duration.ZERO);
        handle.execute(() -> ran.add(1));
        core.turn(Duration.ZERO);
        handle.execute(() -> ran.add(2));
        assertEquals(List.of(1), ran);
        core.turn(Duration.ZERO);
        assertEquals(List.of(1, 2), ran);
    }

    @Test
    void spawnInPoll() throws Exception {
        AtomicReference<JoinHandle<Integer>> inner = new AtomicReference<>();
        JoinHandle<Integer> outer = handle.spawn(Call.of(() -> {
            inner.set(handle.spawn(Call.of(() -> 2)));
            return 1;
        }));
        assertEquals(1, core.run(outer));
        assertEquals(2, core.run(inner.get()));
    }

    @Test
    void dropTimeoutInSpawn() throws Exception {
        CompletableFuture<JoinHandle<String>> spawned = new CompletableFuture<>();
        Thread other = new Thread(() -> spawned.complete(handle.spawnFn(pinned -> {
            Timeout.after(Duration.ofSeconds(1), pinned.handle()).cancel();
            return Futures.ready("dropped");
        })));
        other.start();
        assertEquals("dropped", core.run(spawned.get()));
    }

    @Test
    void spawnInDrop() throws Exception {
        AtomicReference<JoinHandle<String>> late = new AtomicReference<>();
        JoinHandle<Void> task = handle.spawn(new Future<Void>() {
            @Override
            public Poll<Void> poll(gyre.future.Task t) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                late.set(handle.spawn(Futures.ready("spawned while disposing")));
            }
        });
        core.turn(Duration.ZERO);
        task.abort();
        core.turn(Duration.ZERO);
        assertEquals("spawned while disposing", core.run(late.get()));
    }

    /** As the original has it: the task is done at its first poll, and spawns as what it holds is released. */
    @Test
    void spawnInDropOfAFinishedTask() throws Exception {
        CompletableFuture<JoinHandle<String>> late = new CompletableFuture<>();
        AutoCloseable spawns = () -> late.complete(handle.spawnFn(pinned -> Futures.ready("sent")));
        Thread other = new Thread(() -> handle.spawnFn(pinned -> Futures.using(spawns, held -> Futures.ready(1))));
        other.start();
        other.join();
        core.turn(Duration.ZERO);
        assertEquals("sent", core.run(late.get()));
    }

    @Test
    void aSpawnedFutureIsNeverPolledInline() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        handle.execute(() -> ran.set(true));
        assertEquals(false, ran.get());
        core.turn(Duration.ZERO);
        assertTrue(ran.get());
    }

    @Test
    void spawnedTasksSurviveRunAndGoOnInTheNext() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        handle.spawn(Futures.pollFn(task -> {
            polls.incrementAndGet();
            task.wake();
            return Poll.pending();
        }));
        core.run(handle.sleep(Duration.ofMillis(1)));
        int before = polls.get();
        core.run(handle.sleep(Duration.ofMillis(1)));
        assertTrue(polls.get() > before && before > 0, polls + " after " + before);
    }

    @Test
    void aReadyFutureRunsNothingElse() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        handle.execute(() -> ran.set(true));
        assertEquals("now", core.run(Futures.ready("now")));
        assertEquals(false, ran.get());
    }

    @Test
    void tasksRunInTheOrderOfSpawning() throws Exception {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int n = i;
            handle.execute(() -> order.add(n));
        }
        core.turn(Duration.ZERO);
        assertEquals(200, order.size());
        for (int i = 0; i < 200; i++) {
            assertEquals(i, order.get(i));
        }
    }

    @Test
    void aWakeDuringAPollCausesOneMorePollInTheNextTurn() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        handle.spawn(Futures.pollFn(task -> {
            if (polls.incrementAndGet() == 1) {
                task.wake();
                task.wake();
            }
            return Poll.pending();
        }));
        core.turn(Duration.ZERO);
        assertEquals(1, polls.get());
        core.turn(Duration.ZERO);
        core.turn(Duration.ZERO);
        assertEquals(2, polls.get());
    }

    @Test
    void aFailureGoesToTheHandlerAndTheJoinHandleAndTheLoopGoesOn() throws Exception {
        IllegalArgumentException failure = new IllegalArgumentException("boom");
        JoinHandle<Object> failed = handle.spawn(Futures.failed(failure));
        JoinHandle<Integer> fine = handle.spawn(Call.of(() -> 7));
        assertEquals(7, core.run(fine));
        assertEquals(List.of(failure), uncaught);
        assertSame(failure, assertThrows(IllegalArgumentException.class, () -> core.run(failed)));
    }

    @Test
    void aStackOverflowEndsItsTaskAlone() throws Exception {
        JoinHandle<Integer> deep = handle.spawn(Call.of(() -> recurse(1)));
        assertThrows(StackOverflowError.class, () -> core.run(deep));
        assertEquals(3, core.run(Call.of(() -> 3)));
        assertInstanceOf(StackOverflowError.class, uncaught.get(0));
    }

    private static int recurse(int n) {
        return recurse(n + 1) + recurse(n + 2);
    }

    @Test
    void otherVirtualMachineErrorsCloseTheCoreAndLeaveThroughRun() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("test");
        handle.spawn(Call.of(() -> {
            throw error;
        }));
        JoinHandle<Void> bystander = handle.spawn(Futures.never());
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> core.run(Futures.never())));
        assertTrue(bystander.isDone());
        LoopClosedException closed = assertThrows(LoopClosedException.class, () -> handle.spawn(Futures.never()));
        assertSame(error, closed.getCause());
    }

    @Test
    void abortCancelsTheFutureOnceFromAnyThread() throws Exception {
        AtomicInteger cancels = new AtomicInteger();
        JoinHandle<Void> task = handle.spawn(new Future<Void>() {
            @Override
            public Poll<Void> poll(gyre.future.Task t) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                cancels.incrementAndGet();
            }
        });
        core.turn(Duration.ZERO);
        Thread other = new Thread(() -> {
            task.abort();
            task.abort();
        });
        other.start();
        assertThrows(CancellationException.class, () -> core.run(task));
        other.join();
        core.turn(Duration.ZERO);
        assertEquals(1, cancels.get());
    }

    @Test
    void abortAfterTheEndChangesNothing() throws Exception {
        JoinHandle<Integer> done = handle.spawn(Futures.ready(5));
        assertEquals(5, core.run(done));
        JoinHandle<Integer> again = handle.spawn(Futures.ready(6));
        core.turn(Duration.ZERO);
        again.abort();
        core.turn(Duration.ZERO);
        assertEquals(6, core.run(again));
    }

    @Test
    void cancellingAJoinHandleOnlyDetaches() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        AtomicBoolean ran = new AtomicBoolean();
        JoinHandle<Void> task = handle.spawn(Futures.pollFn(t -> {
            if (!go.isDone()) {
                t.wake();
                return Poll.pending();
            }
            ran.set(true);
            return Poll.ready(null);
        }));
        core.turn(Duration.ZERO);
        task.cancel();
        go.complete(null);
        core.turn(Duration.ZERO);
        assertTrue(ran.get());
    }

    @Test
    void aCompletableFutureHasTheOutcomeAndItsCancelAborts() throws Exception {
        CompletableFuture<String> value = handle.spawn(Futures.ready("v")).toCompletableFuture();
        CompletableFuture<Object> failure =
                handle.spawn(Futures.failed(new IllegalStateException("f"))).toCompletableFuture();
        JoinHandle<Void> endless = handle.spawn(Futures.never());
        core.turn(Duration.ZERO);
        assertEquals("v", value.join());
        assertTrue(failure.isCompletedExceptionally());
        assertTrue(endless.toCompletableFuture().cancel(true));
        core.turn(Duration.ZERO);
        assertTrue(endless.isDone());
    }

    @Test
    void aJoinHandleCanBeAwaitedOnAnotherLoop() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<JoinHandle<String>> here = new AtomicReference<>();
        here.set(handle.spawn(Futures.pollFn(t -> {
            if (release.getCount() > 0) {
                t.wake();
                return Poll.pending();
            }
            return Poll.ready("from the other loop");
        })));
        Thread other = new Thread(() -> {
            try {
                core.run(here.get());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        try (Core mine = Core.builder().backend(backend).open()) {
            JoinHandle<String> joined = mine.handle().spawn(here.get());
            mine.turn(Duration.ZERO);
            release.countDown();
            other.start();
            other.join();
            assertEquals("from the other loop", mine.run(joined));
        }
    }

    @Test
    void oneAlwaysReadyTaskDoesNotStarveTheRest() throws Exception {
        handle.spawn(Futures.pollFn(t -> {
            t.wake();
            return Poll.pending();
        }));
        AtomicInteger operations = new AtomicInteger();
        handle.spawn(Futures.pollFn(t -> {
            while (t.spend(1)) {
                operations.incrementAndGet();
            }
            return Poll.pending();
        }));
        core.turn(Duration.ZERO);
        assertEquals(SpawnedTask.BUDGET, operations.get());
        core.run(handle.sleep(Duration.ofMillis(2)));
        assertTrue(operations.get() >= 2 * SpawnedTask.BUDGET, "a task out of budget is woken: " + operations);
    }

    @Test
    void aRemoteSpawnWakesASleepingLoop() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread loop = new Thread(() -> {
            try {
                inside.countDown();
                core.run(Futures.never());
            } catch (LoopClosedException e) {
                answer.complete("closed");
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        loop.start();
        inside.await();
        for (int i = 0; i < 1_000; i++) {
            int n = i;
            assertEquals(n, handle.spawn(Call.of(() -> n)).toCompletableFuture().get());
        }
        core.close();
        assertEquals("closed", answer.get());
    }
}
