package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.FakeTask;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Streams;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.LastResort;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryBackend
class TimeoutTest {
    private final Backend backend;
    private Core core;
    private Handle handle;
    private CompletableFuture<Void> over;

    TimeoutTest(Backend backend) {
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
    void smoke() throws Exception {
        long start = System.nanoTime();
        core.run(Timeout.after(Duration.ofMillis(10), handle));
        assertTrue(System.nanoTime() - start >= 10_000_000, "early");
    }

    @Test
    void two() throws Exception {
        long start = System.nanoTime();
        core.run(Timeout.after(Duration.ofMillis(10), handle));
        core.run(Timeout.after(Duration.ofMillis(10), handle));
        assertTrue(System.nanoTime() - start >= 20_000_000, "early");
    }

    @Test
    void shortOnesAreNeverEarly() throws Exception {
        for (int micros = 1; micros < 2_000; micros += 37) {
            long start = System.nanoTime();
            core.run(Timeout.after(Duration.ofNanos(micros * 1_000L), handle));
            long took = System.nanoTime() - start;
            assertTrue(took >= micros * 1_000L, took + " ns instead of " + micros + " us");
        }
    }

    @Test
    void zeroAndThePastAreDueAtOnce() throws Exception {
        core.run(Timeout.after(Duration.ZERO, handle));
        core.run(Timeout.at(Long.MIN_VALUE, handle));
    }

    @Test
    void oneThatIsDoneStaysDone() throws Exception {
        Timeout timeout = Timeout.after(Duration.ofMillis(1), handle);
        core.run(timeout);
        assertTrue(timeout.poll(() -> {}).isReady());
        timeout.reset(Duration.ofMillis(5));
        assertTrue(timeout.poll(() -> {}).isPending());
        core.run(timeout);
    }

    @Test
    void isSetAnewToATime() throws Exception {
        Timeout timeout = Timeout.after(Duration.ofSeconds(60), handle);
        AtomicInteger wakes = new AtomicInteger();
        assertTrue(timeout.poll(wakes::incrementAndGet).isPending());
        long at = handle.pinned().nanoTime() + 5_000_000;
        timeout.resetAt(at);
        while (handle.pinned().nanoTime() < at) {
            core.turn(Duration.ofMillis(20));
        }
        assertEquals(0, wakes.get(), "who waited has to poll again");
        assertTrue(timeout.poll(wakes::incrementAndGet).isReady());
        timeout.resetAt(Long.MAX_VALUE);
        assertTrue(timeout.poll(wakes::incrementAndGet).isPending());
        timeout.resetAt(handle.pinned().nanoTime() + 1_000_000);
        core.run(timeout);
        timeout.resetAt(Long.MIN_VALUE);
        assertTrue(timeout.poll(wakes::incrementAndGet).isReady(), "the past is due at once");
    }

    @Test
    void theLongestDurationNeverFires() throws Exception {
        Timeout forever = Timeout.after(Duration.ofSeconds(Long.MAX_VALUE), handle);
        core.turn(Duration.ofMillis(2));
        assertTrue(forever.poll(() -> {}).isPending());
    }

    @Test
    void aCancelledOneDoesNotKeepTheLoopAwake() throws Exception {
        AtomicInteger wakes = new AtomicInteger();
        Timeout timeout = Timeout.after(Duration.ofMillis(1), handle);
        timeout.poll(wakes::incrementAndGet);
        timeout.cancel();
        core.run(Timeout.after(Duration.ofMillis(5), handle));
        assertEquals(0, wakes.get());
    }

    @Test
    void manyFireInTheOrderOfTheirDeadlines() throws Exception {
        List<Integer> order = new ArrayList<>();
        long base = handle.pinned().nanoTime() + 300_000_000;
        for (int i = 0; i < 300; i++) {
            int n = i;
            assertTrue(Timeout.at(base + (300 - n) * 100_000L, handle)
                    .poll(() -> order.add(n))
                    .isPending());
        }
        core.run(Timeout.at(base + 31_000_000, handle));
        assertEquals(300, order.size());
        for (int i = 0; i < 300; i++) {
            assertEquals(299 - i, order.get(i));
        }
    }

    @Test
    void aFutureThatIsTooSlowIsCancelledAndTheDurationNamed() {
        AtomicInteger cancels = new AtomicInteger();
        var slow = Futures.never().onEnd(outcome -> cancels.incrementAndGet());
        SocketTimeoutException e =
                assertThrows(SocketTimeoutException.class, () -> core.run(handle.timeout(slow, Duration.ofMillis(3))));
        assertTrue(e.getMessage().contains("PT0.003S"), e.getMessage());
        assertEquals(1, cancels.get());
    }

    @Test
    void aFutureInTimeIsNotTouchedByItsLimit() throws Exception {
        assertEquals(4, core.run(handle.timeout(Futures.ready(4), Duration.ZERO)));
    }

    @Test
    void aFutureThatIsReadyButHasNoBudgetIsNotLate() throws Exception {
        boolean[] ready = {false};
        Future<Integer> timed = handle.timeout(
                Futures.pollFn(t -> ready[0] && t.spend(1) ? Poll.ready(4) : Poll.pending()), Duration.ofMillis(1));
        FakeTask task = new FakeTask();
        assertTrue(timed.poll(task).isPending());
        core.run(Timeout.after(Duration.ofMillis(5), handle));
        ready[0] = true;
        task.wakes();
        task.budget = 0;
        assertTrue(timed.poll(task).isPending());
        assertEquals(1, task.wakes());
        task.budget = 1;
        assertEquals(4, timed.poll(task).value());
    }

    @Test
    void aFutureThatUsesTheBudgetUpIsLate() {
        Future<Void> busy = Streams.repeat(0).forEach(n -> {});
        assertThrows(SocketTimeoutException.class, () -> core.run(handle.timeout(busy, Duration.ofMillis(3))));
    }

    @Test
    void aFutureThatIsPolledOffTheLoopIsCancelled() {
        AtomicInteger cancels = new AtomicInteger();
        Future<Object> timed =
                handle.timeout(Futures.never().onEnd(outcome -> cancels.incrementAndGet()), Duration.ofSeconds(60));
        assertFailsOffTheLoop(() -> timed.poll(new FakeTask()));
        assertEquals(1, cancels.get());
        assertThrows(IllegalStateException.class, () -> timed.poll(new FakeTask()));
        timed.cancel();
        assertEquals(1, cancels.get());
    }

    @Test
    void aFutureWhoseLimitCannotBeCancelledIsCancelled() throws Exception {
        AtomicInteger cancels = new AtomicInteger();
        Future<Object> timed =
                handle.timeout(Futures.never().onEnd(outcome -> cancels.incrementAndGet()), Duration.ofSeconds(60));
        assertTrue(timed.poll(new FakeTask()).isPending());
        assertFailsOffTheLoop(() -> {
            timed.cancel();
            return null;
        });
        assertEquals(1, cancels.get());
    }

    private static void assertFailsOffTheLoop(Callable<?> call) {
        FutureTask<?> elsewhere = new FutureTask<>(call);
        new Thread(elsewhere).start();
        ExecutionException e = assertThrows(ExecutionException.class, elsewhere::get);
        assertInstanceOf(IllegalStateException.class, e.getCause());
    }

    @Test
    void timersGoOnWhileTasksAreAlwaysRunnable() throws Exception {
        handle.spawn(Futures.pollFn(task -> {
            task.wake();
            return Poll.pending();
        }));
        core.run(Timeout.after(Duration.ofMillis(5), handle));
    }

    @Test
    void aNegativeDurationIsNamed() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Timeout.after(Duration.ofMillis(-5), handle));
        assertTrue(e.getMessage().contains("PT-0.005S"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> core.turn(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> handle.sleep(Duration.ofNanos(-1)));
    }
}
