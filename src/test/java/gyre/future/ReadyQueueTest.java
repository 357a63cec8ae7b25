package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The set under wakes from many threads, as in futures-rs {@code tests/ready_queue.rs}. */
class ReadyQueueTest {
    private static final int THREADS = 4;

    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    private void start(ThrowingConsumer<Integer> body) {
        int number = threads.size();
        Thread thread = new Thread(() -> {
            try {
                body.accept(number);
            } catch (Throwable t) {
                thrown.add(t);
            }
        });
        threads.add(thread);
        thread.start();
    }

    @AfterEach
    void threadsEndedWell() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(thrown));
    }

    @Test
    void droppingReadyQueue() throws Exception {
        for (int round = 0; round < 200; round++) {
            FuturesUnordered<Integer> set = new FuturesUnordered<>();
            List<Probe<Integer>> probes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Probe<Integer> probe = new Probe<>();
                probes.add(probe);
                set.push(probe);
            }
            FakeTask task = new FakeTask();
            assertTrue(set.poll(task).isPending());
            CountDownLatch go = new CountDownLatch(1);
            for (int t = 0; t < 2; t++) {
                start(number -> {
                    go.await();
                    probes.forEach(Probe::wake);
                });
            }
            go.countDown();
            set.cancel();
            threadsEndedWell();
            threads.clear();
            task.wakes();
            probes.forEach(Probe::wake);
            assertEquals(0, task.wakes());
            assertTrue(probes.stream().allMatch(probe -> probe.cancelled));
        }
    }

    @Test
    void stress() throws Exception {
        int rounds = 300;
        int perThread = 100;
        CyclicBarrier barrier = new CyclicBarrier(THREADS + 1);
        List<List<Probe<Integer>>> work = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            work.add(new ArrayList<>());
            start(number -> {
                for (int round = 0; round < rounds; round++) {
                    barrier.await();
                    int value = 0;
                    for (Probe<Integer> probe : work.get(number)) {
                        probe.complete(number * perThread + value++);
                    }
                    barrier.await();
                }
            });
        }
        for (int round = 0; round < rounds; round++) {
            FuturesUnordered<Integer> set = new FuturesUnordered<>();
            for (List<Probe<Integer>> probes : work) {
                probes.clear();
                for (int i = 0; i < perThread; i++) {
                    Probe<Integer> probe = new Probe<>();
                    probes.add(probe);
                    set.push(probe);
                }
            }
            barrier.await();
            boolean[] seen = new boolean[THREADS * perThread];
            Block.parking(set.forEach(value -> {
                assertTrue(!seen[value], "given twice");
                seen[value] = true;
            }));
            for (boolean each : seen) {
                assertTrue(each, "lost");
            }
            barrier.await();
        }
    }

    /** Each child counts down through wakes by another thread; a wake that is lost anywhere hangs it. */
    @Test
    void noWakeIsLost() throws Exception {
        int children = 16;
        int wakesEach = 5_000;
        List<AtomicInteger> left = new ArrayList<>();
        ConcurrentLinkedQueue<Integer> requests = new ConcurrentLinkedQueue<>();
        List<Task> tasks = new ArrayList<>();
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            int index = i;
            left.add(new AtomicInteger(wakesEach));
            tasks.add(null);
            futures.add(Futures.pollFn(task -> {
                if (left.get(index).get() <= 0) {
                    return Poll.ready(index);
                }
                tasks.set(index, task);
                requests.add(index);
                return Poll.pending();
            }));
        }
        AtomicBoolean over = new AtomicBoolean();
        for (int t = 0; t < 2; t++) {
            start(number -> {
                while (!over.get()) {
                    Integer index = requests.poll();
                    if (index != null) {
                        left.get(index).decrementAndGet();
                        tasks.get(index).wake();
                    }
                }
            });
        }
        try {
            assertEquals(children, Block.parking(Futures.joinAll(futures)).size());
        } finally {
            over.set(true);
        }
    }

    /**
     * What was written before a wake is seen by the poll that follows, also if that wake came while the child was queued or
     * about to be polled. Each round wakes twice, the second time near the poll that the first one caused.
     */
    @Test
    void coalescedWakesPublish() throws Exception {
        int rounds = 100_000;
        int[] written = {0}; // plain on purpose: only the wakes publish it
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger wakes = new AtomicInteger();
        CompletableFuture<Task> given = new CompletableFuture<>();
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        set.push(Futures.pollFn(task -> {
            int value = written[0]; // before anything that orders memory: only the set's own order counts
            given.complete(task);
            seen.setRelease(value);
            return value == 2 * rounds ? Poll.ready(1) : Poll.pending();
        }));
        assertTrue(set.poll(wakes::incrementAndGet).isPending());
        start(number -> {
            Task task = given.get();
            for (int i = 1; i <= rounds; i++) {
                written[0] = 2 * i - 1;
                task.wake();
                pause(i % 64);
                written[0] = 2 * i;
                task.wake();
                int last = 2 * i;
                spinUntil(() -> seen.getAcquire() == last);
            }
        });
        Task task = wakes::incrementAndGet;
        for (int told = 0; set.poll(task).isPending(); told = wakes.get()) {
            int before = told;
            spinUntil(() -> wakes.get() != before);
        }
    }

    /** A wake reaches the task of the latest poll, also if it came while that poll took the place of an older one. */
    @Test
    void tasksMayChangeWhileOthersWake() throws Exception {
        int rounds = 100_000;
        AtomicInteger written = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        CompletableFuture<Task> given = new CompletableFuture<>();
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        set.push(Futures.pollFn(task -> {
            int value = written.get();
            given.complete(task);
            seen.set(value);
            return value == rounds ? Poll.ready(1) : Poll.pending();
        }));
        AtomicInteger[] told = {new AtomicInteger(), new AtomicInteger()};
        Task[] tasks = {told[0]::incrementAndGet, told[1]::incrementAndGet};
        assertTrue(set.poll(tasks[1]).isPending());
        start(number -> {
            Task task = given.get();
            for (int i = 1; i <= rounds; i++) {
                int last = i;
                written.set(i);
                task.wake();
                spinUntil(() -> seen.get() == last);
                pause(i % 64);
            }
        });
        for (int turn = 0; ; turn++) {
            AtomicInteger mine = told[turn & 1];
            int before = mine.get();
            if (set.poll(tasks[turn & 1]).isReady()) {
                break;
            }
            // every other poll comes without a wake, so that some replace the task just when a wake comes
            if (turn % 2 == 1) {
                spinUntil(() -> mine.get() != before);
            }
        }
    }

    private static void pause(int spins) {
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }

    private static void spinUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (int i = 1; !condition.getAsBoolean(); i++) {
            if (i % 1_000 == 0) {
                Thread.yield();
                assertTrue(System.nanoTime() < deadline, "a wake was lost");
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void panickingFutureDropped() throws Exception {
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        Probe<Integer> good = new Probe<>();
        set.push(Futures.pollFn(task -> {
            throw new AssertionError("it will be caught");
        }));
        set.push(good);
        FakeTask task = new FakeTask();
        assertThrows(AssertionError.class, () -> set.poll(task));
        assertEquals(1, set.size());
        good.complete(1);
        assertEquals(1, set.poll(task).value());
        assertTrue(set.poll(task).isEnd());
    }
}
