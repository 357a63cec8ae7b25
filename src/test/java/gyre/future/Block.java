package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Drives futures to their end, one poll a wake. */
public final class Block {
    private Block() {}

    /** For futures that need only this thread: one that is pending and was not woken would hang, and fails here. */
    public static <T> T on(Future<T> future) throws Exception {
        FakeTask task = new FakeTask();
        while (true) {
            Poll<T> answer = future.poll(task);
            if (answer.isReady()) {
                return answer.value();
            }
            assertTrue(answer.isPending(), () -> "a future answered " + answer);
            assertTrue(task.wakes() > 0, "pending, and nobody was woken");
            task.spent = 0;
        }
    }

    /** For futures that other threads wake. */
    public static <T> T parking(Future<T> future) throws Exception {
        Semaphore woken = new Semaphore(0);
        while (true) {
            Poll<T> answer = future.poll(woken::release);
            if (answer.isReady()) {
                return answer.value();
            }
            assertTrue(woken.tryAcquire(30, TimeUnit.SECONDS), "nobody was woken");
            woken.drainPermits();
        }
    }

    /** All items; a failed one as its exception's message. */
    public static List<Object> items(Stream<?> stream) {
        FakeTask task = new FakeTask();
        List<Object> items = new ArrayList<>();
        while (true) {
            try {
                Poll<?> answer = stream.poll(task);
                if (answer.isEnd()) {
                    return items;
                }
                if (answer.isReady()) {
                    items.add(answer.value());
                } else {
                    assertTrue(task.wakes() > 0, "pending, and nobody was woken");
                }
            } catch (Exception e) {
                items.add(String.valueOf(e.getMessage()));
            }
        }
    }

    public static void assertReady(Object value, Future<?> future) throws Exception {
        Poll<?> answer = future.poll(new FakeTask());
        assertTrue(answer.isReady(), answer::toString);
        assertEquals(value, answer.value());
    }

    public static void assertPending(Future<?> future) throws Exception {
        assertTrue(future.poll(new FakeTask()).isPending());
    }

    public static void assertFails(String message, Future<?> future) {
        assertEquals(
                message,
                assertThrows(Exception.class, () -> future.poll(new FakeTask())).getMessage());
    }

    public static void assertDone(Future<?> future) {
        assertThrows(IllegalStateException.class, () -> future.poll(new FakeTask()));
    }
}
