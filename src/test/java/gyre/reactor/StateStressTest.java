package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import gyre.testing.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Many threads wake one task, spawn, abort and join, while the loop falls asleep between. */
@EveryBackend
class StateStressTest {
    private static final int PRODUCERS = 64;
    private static final long NANOS = 800_000_000;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Backend backend;

    StateStressTest(Backend backend) {
        this.backend = backend;
    }

    /** Nobody else rings here, nor is there a timer, so that a wake which is lost is never made good. */
    @Test
    void eachWakeOfALoneThreadIsHeard() throws Exception {
        try (Core core = Core.builder().backend(backend).open()) {
            AtomicReference<Task> target = new AtomicReference<>();
            AtomicLong polls = new AtomicLong();
            AtomicBoolean over = new AtomicBoolean();
            Threads waker = new Threads();
            waker.start(() -> {
                long end = System.nanoTime() + NANOS;
                for (long n = 1; !over.get(); n++) {
                    long lost = System.nanoTime() + PATIENCE_NANOS;
                    while (polls.get() < n) {
                        if (System.nanoTime() > lost) {
                            over.set(true);
                            core.handle().execute(target.get()::wake); // which rings
                            throw new AssertionError("wake " + n + " was lost");
                        }
                    }
                    for (long delay = n % 200; delay > 0; delay--) { // at any moment of lying down
                        Thread.onSpinWait();
                    }
                    over.set(System.nanoTime() > end);
                    target.get().wake();
                }
                return null;
            });
            try {
                core.run(Futures.pollFn(task -> {
                    target.set(task);
                    boolean last = over.get();
                    polls.incrementAndGet();
                    return last ? Poll.done() : Poll.pending();
                }));
            } finally {
                waker.join();
            }
        }
    }

    @Test
    void noWakeIsLostAndEverythingEnds() throws Exception {
        try (Core core = Core.builder().backend(backend).open()) {
            Handle handle = core.handle();
            AtomicLong told = new AtomicLong();
            AtomicLong finished = new AtomicLong();
            AtomicReference<Task> target = new AtomicReference<>();
            CountDownLatch go = new CountDownLatch(1);
            ConcurrentLinkedQueue<JoinHandle<Integer>> spawned = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<CompletableFuture<Integer>> promised = new ConcurrentLinkedQueue<>();
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                Thread producer = new Thread(() -> {
                    try {
                        go.await();
                        long end = System.nanoTime() + NANOS;
                        for (int n = 0; System.nanoTime() < end; n++) {
                            told.incrementAndGet();
                            target.get().wake();
                            JoinHandle<Integer> one = handle.spawn(Call.of(() -> 1));
                            spawned.add(one);
                            if (n % 3 == 0) {
                                one.abort();
                            }
                            if (n % 2 == 0) {
                                promised.add(one.toCompletableFuture());
                            }
                            TimeUnit.MICROSECONDS.sleep(500);
                        }
                    } catch (InterruptedException e) {
                        return;
                    }
                    finished.incrementAndGet();
                    target.get().wake(); // the last one must be heard
                });
                producer.setDaemon(true);
                producers.add(producer);
                producer.start();
            }
            AtomicLong polls = new AtomicLong();
            core.run(Futures.pollFn(task -> {
                polls.incrementAndGet();
                target.set(task);
                go.countDown();
                return finished.get() < PRODUCERS ? Poll.pending() : Poll.done();
            }));
            for (Thread each : producers) {
                each.join();
            }
            assertTrue(polls.get() <= 1 + told.get() + PRODUCERS, polls + " polls of " + told + " wakes");
            for (JoinHandle<Integer> each : spawned) {
                core.run(each.recover(aborted -> 1));
            }
            for (CompletableFuture<Integer> each : promised) {
                assertTrue(each.isDone());
            }
            assertEquals(told.get(), spawned.size());
        }
    }
}
