package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.ThrowingPredicate;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryBackend
class RetryTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Backend backend;
    private final List<Exception> thrown = new ArrayList<>();
    private Core core;
    private Handle handle;

    RetryTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder().backend(backend).open();
        handle = core.handle();
    }

    @AfterEach
    void close() throws Exception {
        core.close();
    }

    /** Fails until that attempt. */
    private Future<Integer> attempt(int good) {
        if (thrown.size() == good - 1) {
            return Futures.ready(good);
        }
        IOException failure = new IOException("attempt " + (thrown.size() + 1));
        thrown.add(failure);
        return Futures.failed(failure);
    }

    private static Backoff backoff(int attempts) {
        return Backoff.of(attempts, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void triesUntilItWorks() throws Exception {
        assertEquals(3, core.run(handle.retry(() -> attempt(3), backoff(3))));
        assertEquals(2, thrown.size());
    }

    @Test
    void lastFailureCarriesTheOthers() {
        Future<Integer> retry = handle.retry(() -> attempt(99), backoff(3));
        IOException last = assertThrows(IOException.class, () -> core.run(retry));
        assertSame(thrown.get(2), last);
        assertArrayEquals(new Object[] {thrown.get(0), thrown.get(1)}, last.getSuppressed());
        assertThrows(IllegalStateException.class, () -> core.run(retry));
    }

    @Test
    void eightAreCarriedAtMost() {
        IOException last =
                assertThrows(IOException.class, () -> core.run(handle.retry(() -> attempt(99), backoff(20))));
        assertArrayEquals(thrown.subList(11, 19).toArray(), last.getSuppressed());
    }

    @Test
    void sameExceptionEachTime() {
        IOException same = new IOException("same");
        assertSame(
                same,
                assertThrows(IOException.class, () -> core.run(handle.retry(() -> Futures.failed(same), backoff(3)))));
        assertEquals(0, same.getSuppressed().length);
    }

    @Test
    void supplierThatThrowsIsAnAttempt() throws Exception {
        int[] calls = {0};
        assertEquals(
                2,
                core.run(handle.retry(
                        () -> {
                            if (++calls[0] == 1) {
                                throw new IOException("no");
                            }
                            return Futures.ready(calls[0]);
                        },
                        backoff(2))));
    }

    @Test
    void mistakesAreNotRetriedUnlessAsked() throws Exception {
        int[] calls = {0};
        Future<Integer> mistaken = handle.retry(
                () -> {
                    calls[0]++;
                    throw new IllegalArgumentException("mistake");
                },
                backoff(5));
        assertThrows(IllegalArgumentException.class, () -> core.run(mistaken));
        assertEquals(1, calls[0]);
        ThrowingPredicate<Exception> any = e -> true;
        assertThrows(
                IllegalArgumentException.class,
                () -> core.run(handle.retry(
                        () -> {
                            calls[0]++;
                            throw new IllegalArgumentException("mistake");
                        },
                        backoff(5).when(any))));
        assertEquals(6, calls[0]);
        assertThrows(
                AssertionError.class,
                () -> core.run(handle.retry(
                        () -> {
                            throw new AssertionError("error");
                        },
                        backoff(5).when(any))));
    }

    @Test
    void predicateThatThrowsEndsIt() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> core.run(handle.retry(() -> attempt(9), backoff(5).when(x -> {
                    throw new IllegalStateException("predicate");
                }))));
        assertArrayEquals(thrown.toArray(), e.getSuppressed());
    }

    @Test
    void pausesGrowUpToTheLongest() {
        Backoff backoff = Backoff.of(9, Duration.ofMillis(10), Duration.ofMillis(50));
        List<Long> millis = IntStream.rangeClosed(1, 5)
                .mapToObj(n -> backoff.pause(n).toMillis())
                .toList();
        assertEquals(List.of(10L, 20L, 40L, 50L, 50L), millis);
        assertEquals(Duration.ofMillis(50), backoff.pause(Integer.MAX_VALUE));
        assertEquals(Duration.ofMillis(30), backoff.multiplier(3).pause(2));
        assertEquals(
                Duration.ZERO, Backoff.of(9, Duration.ZERO, Duration.ofDays(1)).pause(Integer.MAX_VALUE));
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        assertEquals(
                Duration.ofNanos(Long.MAX_VALUE),
                Backoff.of(2, longest, longest).pause(1));
    }

    @Test
    void jitterOnlyShortens() {
        Backoff backoff =
                Backoff.of(9, Duration.ofMillis(10), Duration.ofMillis(10)).jitter(0.5);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 1_000; i++) {
            long nanos = backoff.pause(1).toNanos();
            least = Math.min(least, nanos);
            most = Math.max(most, nanos);
        }
        assertTrue(least >= 5_000_000 && most <= 10_000_000, least + " to " + most);
        assertTrue(most - least > 2_000_000, least + " to " + most);
    }

    @Test
    void waitsBetweenAttempts() throws Exception {
        long start = System.nanoTime();
        core.run(handle.retry(() -> attempt(3), Backoff.of(3, Duration.ofMillis(5), Duration.ofSeconds(1))));
        assertTrue(System.nanoTime() - start >= 15_000_000, "early");
    }

    @Test
    void cancelOfThePauseAndOfTheAttempt() throws Exception {
        int[] calls = {0};
        boolean[] cancelled = {false};
        JoinHandle<Object> pausing = handle.spawn(handle.retry(
                () -> {
                    calls[0]++;
                    throw new IOException("no");
                },
                Backoff.of(5, SHORT, SHORT)));
        JoinHandle<Object> running = handle.spawn(handle.retry(
                () -> Futures.never().onEnd(outcome -> cancelled[0] = outcome.isCancelled()), backoff(5)));
        core.turn(Duration.ZERO);
        pausing.abort();
        running.abort();
        core.run(handle.sleep(Duration.ofMillis(5)));
        assertEquals(1, calls[0]);
        assertTrue(cancelled[0]);
    }

    @Test
    void endlessAttemptsDoNotKeepTheLoop() throws Exception {
        handle.spawn(handle.retry(() -> Futures.failed(new IOException("no")), backoff(Integer.MAX_VALUE)));
        core.run(handle.sleep(SHORT));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> backoff(0));
        assertThrows(IllegalArgumentException.class, () -> Backoff.of(1, Duration.ofNanos(-1), SHORT));
        assertThrows(IllegalArgumentException.class, () -> Backoff.of(1, SHORT, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> backoff(1).multiplier(0.5));
        assertThrows(IllegalArgumentException.class, () -> backoff(1).multiplier(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> backoff(1).jitter(1.5));
        assertThrows(NullPointerException.class, () -> backoff(1).when(null));
    }
}
