package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.testing.Threads;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AtomicTaskTest {
    private static final long ROUNDS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    private final AtomicTask waiting = new AtomicTask();
    private final FakeTask first = new FakeTask();
    private final FakeTask second = new FakeTask();

    @Test
    void nobodyIsWokenWhereNobodyWaits() {
        waiting.wake();
        waiting.register(first);
        assertEquals(0, first.wakes(), "the wake was before");
    }

    @Test
    void isWokenOnceEachTime() {
        waiting.register(first);
        waiting.register(first);
        waiting.wake();
        waiting.wake();
        assertEquals(1, first.wakes());
        waiting.register(first);
        waiting.wake();
        assertEquals(1, first.wakes());
    }

    @Test
    void onlyTheLatestWaits() {
        waiting.register(first);
        waiting.register(second);
        waiting.wake();
        assertEquals(0, first.wakes());
        assertEquals(1, second.wakes());
    }

    @Test
    void whoWasForgottenIsNotWoken() {
        waiting.register(first);
        waiting.forget();
        waiting.wake();
        assertEquals(0, first.wakes());
        waiting.register(first);
        waiting.wake();
        assertEquals(1, first.wakes());
    }

    /** As the two sides of a queue do: tell and wake, register and look. A wake that is lost leaves both waiting for ever. */
    @Test
    void noWakeIsLost() throws Exception {
        AtomicLong told = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        Semaphore woken = new Semaphore(0);
        Task[] tasks = {woken::release, () -> woken.release()}; // two, so that a register also replaces
        long end = System.nanoTime() + NANOS;
        Threads threads = new Threads();
        threads.start(() -> {
            for (long n = 1; n <= ROUNDS && System.nanoTime() < end; n++) {
                told.set(n);
                waiting.wake();
                for (int spins = 0; seen.get() < n; spins++) {
                    if (spins > 100) {
                        Thread.yield(); // the other one may have no processor of its own
                    }
                }
            }
            told.set(-1);
            waiting.wake();
            return null;
        });
        threads.start(() -> {
            for (long n = 1; ; n++) {
                while (true) {
                    waiting.register(tasks[(int) (n & 1)]);
                    if (told.get() != n - 1) {
                        break;
                    }
                    assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "told, and not woken");
                }
                if (told.get() < 0) {
                    return null;
                }
                seen.set(n);
            }
        });
        threads.join();
        assertTrue(seen.get() > 0);
    }

    /** Of all those who wake, one wakes. */
    @Test
    void manyWhoWakeAreOne() throws Exception {
        AtomicInteger wakes = new AtomicInteger();
        AtomicInteger registered = new AtomicInteger();
        long end = System.nanoTime() + NANOS / 4;
        Threads threads = new Threads();
        for (int i = 0; i < 3; i++) {
            threads.start(() -> {
                while (System.nanoTime() < end) {
                    waiting.wake();
                }
                return null;
            });
        }
        while (System.nanoTime() < end) {
            registered.incrementAndGet();
            waiting.register(wakes::incrementAndGet);
        }
        threads.join();
        assertTrue(wakes.get() > 0);
        assertTrue(wakes.get() <= registered.get(), wakes + " wakes for " + registered);
    }
}
