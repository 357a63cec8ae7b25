package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** What was written before a wake that coalesced with another one is seen by the poll that follows. */
    @Test
    void coalescedWakesPublish() throws Exception {
        int rounds = 100_000;
        AtomicBoolean over = new AtomicBoolean();
        int[] slots = new int[2]; // plain on purpose: only the wakes publish them
        Task[] given = new Task[1];
        Future<Integer> sum = Futures.pollFn(task -> {
            if (slots[0] == rounds && slots[1] == rounds) {
                return Poll.ready(1);
            }
            return Poll.pending();
        });
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        CountDownLatch ready = new CountDownLatch(1);
        set.push(Futures.pollFn(task -> {
            given[0] = task;
            ready.countDown();
            return sum.poll(task);
        }));
        for (int t = 0; t < 2; t++) {
            start(number -> {
                ready.await();
                for (int i = 1; i <= rounds && !over.get(); i++) {
                    slots[number] = i;
                    given[0].wake();
                }
            });
        }
        try {
            assertEquals(1, Block.parking(set.intoFuture()).item());
        } finally {
            over.set(true);
        }
    }

    @Test
    void tasksMayChangeWhileOthersWake() throws Exception {
        int wakes = 50_000;
        AtomicInteger counter = new AtomicInteger();
        Task[] given = new Task[1];
        CountDownLatch ready = new CountDownLatch(1);
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        set.push(Futures.pollFn(task -> {
            given[0] = task;
            ready.countDown();
            return counter.get() == wakes ? Poll.ready(1) : Poll.pending();
        }));
        start(number -> {
            ready.await();
            for (int i = 0; i < wakes; i++) {
                counter.incrementAndGet();
                given[0].wake();
            }
        });
        // a new task for each poll: a wake that went only to an older one would hang
        assertEquals(1, Block.parking(new Future<Integer>() {
            @Override
            public Poll<Integer> poll(Task outer) throws Exception {
                return set.poll(() -> outer.wake());
            }
        }));
    }
}
