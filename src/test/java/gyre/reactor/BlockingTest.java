package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Streams;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryBackend
class BlockingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Backend backend;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private Core core;
    private Handle handle;
    private FutureTask<Void> loop;

    BlockingTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        CompletableFuture<Core> opened = new CompletableFuture<>();
        loop = new FutureTask<>(() -> {
            try (Core opening = Core.builder().backend(backend).open()) {
                opened.complete(opening);
                assertThrows(LoopClosedException.class, () -> opening.run(Futures.never()));
                return null;
            } catch (Throwable e) {
                opened.completeExceptionally(e);
                throw e;
            }
        });
        new Thread(loop, "loop").start();
        core = opened.get();
        handle = core.handle();
    }

    @AfterEach
    void close() throws Exception {
        core.close();
        loop.get();
    }

    private Future<Integer> never() {
        return Futures.<Integer>never().onEnd(outcome -> cancelled.set(outcome.isCancelled()));
    }

    @Test
    void waitsForWhatALoopDoes() throws Exception {
        assertEquals(7, (int) Blocking.<Integer>block(
                handle.spawn(handle.sleep(Duration.ofMillis(5)).map(v -> 7))));
        assertEquals(8, Blocking.block(Call.of(() -> 8), Duration.ZERO));
    }

    @Test
    void failuresAreThoseOfRun() {
        IOException io = new IOException("io");
        assertSame(io, assertThrows(IOException.class, () -> Blocking.block(Futures.failed(io))));
        IllegalArgumentException unchecked = new IllegalArgumentException("unchecked");
        assertSame(
                unchecked,
                assertThrows(
                        IllegalArgumentException.class, () -> Blocking.block(handle.spawn(Futures.failed(unchecked)))));
        InterruptedException checked = new InterruptedException("of the future");
        assertSame(
                checked,
                assertThrows(CompletionException.class, () -> Blocking.block(Futures.failed(checked)))
                        .getCause());
        assertThrows(
                StackOverflowError.class,
                () -> Blocking.block(Futures.pollFn(task -> {
                    throw new StackOverflowError();
                })));
    }

    @Test
    void socketsAndTimersBelongToTheirLoop() {
        assertThrows(IllegalStateException.class, () -> Blocking.block(handle.sleep(Duration.ZERO)));
    }

    @Test
    void loopThreadMustNotWait() throws Exception {
        String message = Blocking.block(handle.spawn(Call.of(() -> {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> Blocking.block(Futures.ready(1)));
            assertThrows(IllegalStateException.class, () -> Blocking.iterate(Streams.of(1)));
            return refused.getMessage();
        })));
        assertTrue(message.contains(core + " and must not wait"), message);
    }

    @Test
    void limitCancels() {
        SocketTimeoutException late =
                assertThrows(SocketTimeoutException.class, () -> Blocking.block(never(), Duration.ofMillis(3)));
        assertEquals("timed out after PT0.003S", late.getMessage());
        assertTrue(cancelled.get());
        assertThrows(SocketTimeoutException.class, () -> Blocking.block(never(), Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Blocking.block(never(), Duration.ofNanos(-1)));
    }

    /** As one does whose budget is used up, or that lets others go first. */
    private Future<Void> wakesItself() {
        return new Future<>() {
            @Override
            public Poll<Void> poll(Task task) {
                task.wake();
                return Poll.pending();
            }

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        };
    }

    @Test
    void limitHoldsForAFutureThatWakesItself() {
        assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThrows(
                        SocketTimeoutException.class, () -> Blocking.block(wakesItself(), Duration.ofMillis(3))));
        assertTrue(cancelled.get());
    }

    @Test
    void interruptReachesAFutureThatWakesItself() {
        assertTimeoutPreemptively(PATIENCE, () -> {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> Blocking.block(wakesItself(), Duration.ofSeconds(5)));
        });
        assertTrue(cancelled.get());
    }

    @Test
    void interruptCancels() throws Exception {
        Thread.currentThread().interrupt();
        assertEquals(1, Blocking.block(Futures.ready(1)), "nothing to wait for");
        assertThrows(InterruptedException.class, () -> Blocking.block(never()));
        assertTrue(cancelled.get());
        assertFalse(Thread.interrupted());
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        FutureTask<Boolean> blocked = new FutureTask<>(() -> {
            assertThrows(
                    InterruptedException.class,
                    () -> Blocking.block(Futures.pollFn(task -> {
                        waiting.complete(Thread.currentThread());
                        return Poll.pending();
                    })));
            return true;
        });
        new Thread(blocked).start();
        waiting.get().interrupt();
        assertTrue(blocked.get());
    }

    @Test
    void permitOfOthersIsNoWake() throws Exception {
        int[] polls = {0};
        Future<Integer> future = Futures.pollFn(task -> {
            polls[0]++;
            LockSupport.unpark(Thread.currentThread());
            return Poll.pending();
        });
        assertThrows(SocketTimeoutException.class, () -> Blocking.block(future, Duration.ofMillis(5)));
        assertEquals(1, polls[0]);
    }

    @Test
    void wakeIsKeptAlthoughThePollParks() throws Exception {
        boolean[] woken = {false};
        assertEquals(1, (int) Blocking.<Integer>block(Futures.pollFn(task -> {
            if (woken[0]) {
                return Poll.ready(1);
            }
            woken[0] = true;
            task.wake();
            LockSupport.parkNanos(1); // takes the permit
            return Poll.pending();
        })));
    }

    @Test
    void iteratorGivesItemsAndFailures() {
        Stream<Integer> stream = Streams.of(1, 2, 3)
                .andThen(n -> handle.spawn(Call.of(() -> {
                    if (n == 2) {
                        throw new IOException("two");
                    }
                    return n;
                })));
        try (BlockingIterator<Integer> items = Blocking.iterate(stream)) {
            assertTrue(items.hasNext());
            assertTrue(items.hasNext());
            assertEquals(1, items.next());
            assertTrue(items.hasNext());
            assertEquals(
                    "two",
                    assertThrows(UncheckedIOException.class, items::next)
                            .getCause()
                            .getMessage());
            assertEquals(3, items.next());
            assertFalse(items.hasNext());
            assertThrows(NoSuchElementException.class, items::next);
        }
    }

    @Test
    void closedIteratorCancelsTheStream() {
        BlockingIterator<Integer> items = Blocking.iterate(Streams.of(5).chain(never().intoStream()));
        assertEquals(5, items.next());
        items.close();
        items.close();
        assertTrue(cancelled.get());
        assertFalse(items.hasNext());
    }

    @Test
    void interruptedIteratorCancelsTheStream() {
        BlockingIterator<Integer> items = Blocking.iterate(never().intoStream());
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, items::hasNext);
        assertTrue(Thread.interrupted());
        assertTrue(cancelled.get());
        assertFalse(items.hasNext());
    }

    @Test
    void noWakeIsLost() throws Exception {
        for (int round = 0; round < 3_000; round++) {
            int value = round;
            assertEquals(value, Blocking.block(handle.spawn(Call.of(() -> value))));
        }
    }

    /** The delay is about the time between two looks at the clock. */
    @Test
    void delayedCommandsOfAThreadRunInTheirOrder() throws Exception {
        int count = 500;
        Executor delayed = handle.delayed(Duration.ofNanos(100));
        for (int round = 0; round < 100; round++) {
            List<Integer> ran = new ArrayList<>();
            CompletableFuture<Void> all = new CompletableFuture<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                delayed.execute(() -> {
                    ran.add(number);
                    if (ran.size() == count) {
                        all.complete(null);
                    }
                });
            }
            all.get(30, TimeUnit.SECONDS);
            assertEquals(IntStream.range(0, count).boxed().toList(), ran);
        }
    }

    @Test
    void delayedExecutorRunsLaterOnTheLoop() throws Exception {
        long start = System.nanoTime();
        CompletableFuture<Boolean> later =
                CompletableFuture.supplyAsync(handle::isOnLoop, handle.delayed(Duration.ofMillis(10)));
        assertTrue(later.get());
        assertTrue(System.nanoTime() - start >= 10_000_000, "early");
        assertThrows(IllegalArgumentException.class, () -> handle.delayed(Duration.ofNanos(-1)));
        assertThrows(
                NullPointerException.class, () -> handle.delayed(Duration.ZERO).execute(null));
        core.close();
        assertThrows(
                LoopClosedException.class, () -> handle.delayed(Duration.ZERO).execute(() -> {}));
    }
}
