package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Futures;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import gyre.testing.LastResort;
import gyre.testing.Threads;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryBackend
class CoreTest {
    private static final long PATIENCE_SECONDS = 30;

    private final Backend backend;
    private Core core;
    private Handle handle;
    private CompletableFuture<Void> over;

    CoreTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder().backend(backend).open();
        handle = core.handle();
        over = LastResort.closes(core);
    }

    @AfterEach
    void close() throws Exception {
        core.close();
        over.complete(null);
    }

    @Test
    void idsAreUnique() throws Exception {
        try (Core other = Core.builder().backend(backend).open()) {
            assertNotEquals(core.id(), other.id());
            assertEquals(core.id(), handle.id());
        }
    }

    @Test
    void exceptionsOfTheFutureLeaveRunAsTheyAre() {
        IOException io = new FileNotFoundException("x");
        assertSame(io, assertThrows(IOException.class, () -> core.run(Futures.failed(io))));
        RuntimeException unchecked = new ArithmeticException("y");
        assertSame(unchecked, assertThrows(ArithmeticException.class, () -> core.run(Futures.failed(unchecked))));
        Exception checked = new Exception("z");
        assertSame(
                checked,
                assertThrows(CompletionException.class, () -> core.run(Futures.failed(checked)))
                        .getCause());
    }

    @Test
    void aTurnWithoutWorkWaitsNoLongerThanAsked() throws Exception {
        long start = System.nanoTime();
        core.turn(Duration.ofMillis(5));
        assertTrue(System.nanoTime() - start >= 5_000_000, "returned early with nothing to do");
        core.turn(Duration.ZERO);
    }

    @Test
    void callsFromAnotherThreadNameBothThreads() throws Exception {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread other = new Thread(
                () -> {
                    try {
                        Timeout.after(Duration.ZERO, handle);
                        seen.complete(new AssertionError("allowed"));
                    } catch (IllegalStateException e) {
                        seen.complete(e);
                    }
                },
                "stranger");
        other.start();
        String message = seen.get().getMessage();
        assertTrue(message.contains("stranger") && message.contains("spawnFn"), message);
    }

    @Test
    void runMovesTheLoopToItsThread() throws Exception {
        CompletableFuture<Boolean> moved = new CompletableFuture<>();
        Thread other = new Thread(() -> {
            try {
                core.run(Call.of(() -> moved.complete(handle.isOnLoop())));
            } catch (IOException e) {
                moved.completeExceptionally(e);
            }
        });
        other.start();
        assertTrue(moved.get());
        other.join();
        assertFalse(handle.isOnLoop());
        core.turn(Duration.ZERO);
        assertTrue(handle.isOnLoop());
    }

    @Test
    void runWhileAnotherThreadIsInsideThrows() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Threads other = new Threads();
        other.start(() -> assertThrows(
                LoopClosedException.class,
                () -> core.run(Call.of(() -> {
                            inside.countDown();
                            return null;
                        })
                        .andThen(x -> Futures.never()))));
        assertTrue(inside.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> core.turn(Duration.ZERO));
        assertTrue(e.getMessage().contains("another thread"), e.getMessage());
        core.close();
        other.join();
    }

    @Test
    void aLoopInsideALoopIsRefused() throws Exception {
        try (Core inner = Core.builder().backend(backend).open()) {
            IllegalStateException e = assertThrows(
                    IllegalStateException.class, () -> core.run(Call.of(() -> inner.run(Futures.ready(1)))));
            assertTrue(e.getMessage().contains("inside"), e.getMessage());
        }
    }

    @Test
    void aClosedCoreRefusesEverythingWithOneException() throws Exception {
        Timeout timeout = Timeout.after(Duration.ofSeconds(9), handle);
        core.close();
        core.close();
        assertThrows(LoopClosedException.class, () -> core.run(Futures.ready(1)));
        assertThrows(LoopClosedException.class, () -> core.turn(null));
        assertThrows(LoopClosedException.class, () -> handle.spawn(Futures.ready(1)));
        assertThrows(LoopClosedException.class, () -> handle.execute(() -> {}));
        assertThrows(LoopClosedException.class, () -> Timeout.after(Duration.ZERO, handle));
        assertThrows(LoopClosedException.class, () -> timeout.poll(() -> {}));
        assertThrows(LoopClosedException.class, handle::pinned);
        timeout.cancel();
    }

    @Test
    void closeCancelsTasksAndCompletesTheirHandles() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        List<JoinHandle<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tasks.add(handle.spawn(Futures.never().onEnd(outcome -> ends.incrementAndGet())));
        }
        core.turn(Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            tasks.add(handle.spawn(Futures.never().onEnd(outcome -> ends.incrementAndGet())));
        }
        core.close();
        assertEquals(20, ends.get());
        for (JoinHandle<?> task : tasks) {
            ExecutionException e = assertThrows(
                    ExecutionException.class, () -> task.toCompletableFuture().get());
            assertTrue(e.getCause() instanceof LoopClosedException, e.toString());
        }
    }

    @Test
    void closeInsideATaskHappensAtTheEndOfTheTurn() throws Exception {
        JoinHandle<Void> closer = handle.spawn(Call.of(() -> {
            core.close();
            return null;
        }));
        JoinHandle<Integer> sameTurn = handle.spawn(Call.of(() -> 1));
        assertThrows(LoopClosedException.class, () -> core.run(Futures.never()));
        assertTrue(closer.isDone());
        assertEquals(1, sameTurn.toCompletableFuture().get());
    }

    @Test
    void closeFromAnotherThreadWaitsForTheEnd() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Throwable> left = new CompletableFuture<>();
        Thread loop = new Thread(() -> {
            try {
                handle.execute(inside::countDown);
                core.run(Futures.never());
            } catch (Throwable e) {
                left.complete(e);
            }
        });
        loop.start();
        inside.await();
        JoinHandle<Void> task = handle.spawn(Futures.never());
        core.close();
        assertTrue(task.isDone());
        assertTrue(left.get() instanceof LoopClosedException, left.get().toString());
    }

    @Test
    void closeRacesWithSpawnsAndNoHandleHangs() throws Exception {
        for (int round = 0; round < 50; round++) {
            Core racing = Core.builder().backend(backend).open();
            List<CompletableFuture<?>> promises = new ArrayList<>();
            CountDownLatch started = new CountDownLatch(1);
            Threads spawner = new Threads();
            spawner.start(() -> {
                try {
                    for (int i = 0; i < 5_000; i++) {
                        promises.add(racing.handle().spawn(Futures.never()).toCompletableFuture());
                        if (i == 20) {
                            started.countDown();
                        }
                    }
                    return "was faster than the close";
                } catch (LoopClosedException expected) {
                    return "was refused";
                }
            });
            assertTrue(started.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            racing.turn(Duration.ZERO);
            racing.close();
            spawner.join();
            for (CompletableFuture<?> promise : promises) {
                ExecutionException e =
                        assertThrows(ExecutionException.class, () -> promise.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
                assertInstanceOf(LoopClosedException.class, e.getCause());
            }
        }
    }

    @Test
    void twoThreadsMayClose() throws Exception {
        for (int round = 0; round < 50; round++) {
            Core racing = Core.builder().backend(backend).open();
            CompletableFuture<Void> runner = CompletableFuture.runAsync(() -> run(racing));
            CompletableFuture<Void> closer = CompletableFuture.runAsync(() -> close(racing));
            racing.close();
            closer.join();
            CompletionException e = assertThrows(CompletionException.class, runner::join);
            assertTrue(e.getCause() instanceof LoopClosedException, e.toString());
        }
    }

    private static void run(Core core) {
        try {
            core.run(Futures.never());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Core core) {
        try {
            core.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void runUntilIdleEndsWithTheLastTask() throws Exception {
        assertTrue(core.runUntilIdle(Duration.ZERO), "nothing was spawned");
        AtomicInteger ends = new AtomicInteger();
        handle.spawn(handle.sleep(Duration.ofMillis(5)).inspect(x -> {
            ends.incrementAndGet();
            handle.spawn(handle.sleep(Duration.ofMillis(5)).inspect(y -> ends.incrementAndGet()));
        }));
        assertFalse(core.runUntilIdle(Duration.ZERO), "zero only asks");
        assertTrue(core.runUntilIdle(null));
        assertEquals(2, ends.get());
    }

    @Test
    void runUntilIdleGivesUpAfterItsTime() throws Exception {
        JoinHandle<Void> endless = handle.spawn(Futures.never());
        long start = System.nanoTime();
        assertFalse(core.runUntilIdle(Duration.ofMillis(10)));
        assertTrue(System.nanoTime() - start >= 10_000_000, "early");
        endless.abort();
        assertTrue(core.runUntilIdle(Duration.ofSeconds(10)));
        assertThrows(IllegalArgumentException.class, () -> core.runUntilIdle(Duration.ofNanos(-1)));
    }

    @Test
    void runUntilIdleOfACoreThatClosesSaysSo() throws Exception {
        handle.spawn(Futures.never());
        handle.execute(() -> close(core));
        assertThrows(LoopClosedException.class, () -> core.runUntilIdle(null));
        assertThrows(LoopClosedException.class, () -> core.runUntilIdle(Duration.ZERO));
    }

    @Test
    void tasksAreCountedWhetherTheyWaitOrAreQueued() throws Exception {
        Pinned pinned = handle.pinned();
        assertEquals(0, pinned.tasks());
        assertEquals(0, pinned.queued());
        for (int i = 0; i < 5; i++) {
            handle.spawn(Futures.never());
        }
        assertEquals(5, pinned.tasks());
        assertEquals(5, pinned.queued());
        core.turn(Duration.ZERO);
        assertEquals(5, pinned.tasks());
        assertEquals(0, pinned.queued());
        handle.spawn(Futures.never()).abort();
        JoinHandle<?> waits = handle.spawn(handle.sleep(Duration.ofSeconds(9)));
        assertEquals(7, pinned.tasks());
        core.turn(Duration.ZERO);
        waits.abort(); // queued again
        assertEquals(6, pinned.tasks());
        assertEquals(1, pinned.queued());
        assertEquals(List.of(6, 1), core.run(Call.of(() -> {
            JoinHandle<Integer> more = handle.spawn(Futures.ready(1));
            List<Integer> seen = List.of(pinned.tasks() - 1, pinned.queued() - 1);
            more.abort();
            return seen;
        })));
        core.turn(Duration.ZERO);
        assertEquals(5, pinned.tasks());
    }

    @Test
    void aLoopHasOneHandle() throws Exception {
        assertSame(handle, core.handle());
        assertSame(handle, handle.pinned().handle());
        assertSame(handle.pinned(), handle.pinned());
    }

    @Test
    void nullsAreRefusedByName() {
        assertTrue(assertThrows(NullPointerException.class, () -> core.run(null))
                .getMessage()
                .contains("future"));
        assertTrue(assertThrows(NullPointerException.class, () -> handle.spawn(null))
                .getMessage()
                .contains("future"));
        assertTrue(assertThrows(NullPointerException.class, () -> handle.execute(null))
                .getMessage()
                .contains("command"));
    }

    @Test
    void anInterruptDoesNotEndOrSpinTheLoopAndIsStillThereAfterRun() throws Exception {
        Thread.currentThread().interrupt();
        long start = System.nanoTime();
        core.run(Timeout.after(Duration.ofMillis(5), handle));
        assertTrue(System.nanoTime() - start >= 5_000_000);
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
    }
}
