package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskQueueTest {
    private final TaskQueue queue = new TaskQueue();

    private static final class Numbered extends TaskQueue.Node {
        final int producer;
        final int number;

        Numbered(int producer, int number) {
            this.producer = producer;
            this.number = number;
        }
    }

    @Test
    void startsEmpty() {
        assertTrue(queue.isEmpty());
        queue.mark();
        assertNull(queue.next());
    }

    @Test
    void isFirstInFirstOut() {
        Numbered a = new Numbered(0, 0);
        Numbered b = new Numbered(0, 1);
        queue.push(a);
        queue.push(b);
        queue.mark();
        assertSame(a, queue.next());
        assertFalse(queue.isEmpty());
        assertSame(b, queue.next());
        assertNull(queue.next());
        assertTrue(queue.isEmpty());
    }

    @Test
    void aStepEndsAtWhatWasThereWhenItBegan() {
        Numbered a = new Numbered(0, 0);
        Numbered b = new Numbered(0, 1);
        queue.push(a);
        queue.mark();
        assertSame(a, queue.next());
        queue.push(a);
        queue.push(b);
        assertNull(queue.next(), "pushed after the mark");
        assertFalse(queue.isEmpty());
        queue.mark();
        assertSame(a, queue.next());
        queue.push(a);
        assertSame(b, queue.next());
        assertNull(queue.next());
        queue.mark();
        assertSame(a, queue.next());
        assertNull(queue.next());
        assertTrue(queue.isEmpty());
    }

    @Test
    void aTaskThatAlwaysComesBackRunsOnceAStep() {
        Numbered again = new Numbered(0, 0);
        queue.push(again);
        for (int step = 0; step < 1_000; step++) {
            queue.mark();
            int ran = 0;
            for (TaskQueue.Node node; (node = queue.next()) != null; ran++) {
                queue.push(node);
            }
            assertEquals(1, ran);
        }
    }

    @Test
    void onlyOnePushRingsAParkedLoop() {
        assertFalse(queue.push(new Numbered(0, 0)), "not parked");
        assertFalse(queue.park(), "parked with work queued");
        queue.mark();
        queue.next();
        assertTrue(queue.park());
        assertTrue(queue.push(new Numbered(0, 1)));
        assertFalse(queue.push(new Numbered(0, 2)), "rung twice");
        queue.unpark();
        assertFalse(queue.push(new Numbered(0, 3)), "rung while awake");
    }

    @Test
    void sixtyFourProducersLoseNothingAndStayInOrder() throws Exception {
        int producers = 64;
        int each = 5_000;
        Semaphore bell = new Semaphore(0);
        AtomicLong rings = new AtomicLong();
        CountDownLatch start = new CountDownLatch(1);
        for (int p = 0; p < producers; p++) {
            int producer = p;
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int i = 0; i < each; i++) {
                    if (queue.push(new Numbered(producer, i))) {
                        rings.incrementAndGet();
                        bell.release();
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        int[] seen = new int[producers];
        AtomicInteger total = new AtomicInteger();
        long parks = 0; // also those that find work at the second look: a producer may have won the ring by then
        start.countDown();
        while (total.get() < producers * each) {
            parks++;
            if (queue.park()) {
                bell.acquire();
                queue.unpark();
            }
            queue.mark();
            for (TaskQueue.Node node; (node = queue.next()) != null; ) {
                Numbered taken = (Numbered) node;
                assertEquals(seen[taken.producer]++, taken.number, "out of order");
                total.incrementAndGet();
            }
        }
        assertTrue(queue.isEmpty());
        assertTrue(rings.get() <= parks, rings + " rings for " + parks + " parks");
    }
}
