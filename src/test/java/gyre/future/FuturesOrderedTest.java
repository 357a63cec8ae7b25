package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As in futures-rs {@code tests/futures_ordered.rs}. */
class FuturesOrderedTest {
    private final FakeTask task = new FakeTask();
    private final Probe<Integer> a = new Probe<>();
    private final Probe<Integer> b = new Probe<>();
    private final Probe<Integer> c = new Probe<>();
    private final FuturesOrdered<Integer> queue = Futures.ordered(List.of(a, b, c));

    private void assertNext(Object value) throws Exception {
        assertEquals(value, queue.poll(task).value());
    }

    @Test
    void works1() throws Exception {
        assertEquals(3, queue.size());
        b.complete(2);
        assertTrue(queue.poll(task).isPending());
        c.complete(3);
        assertTrue(queue.poll(task).isPending());
        a.complete(1);
        assertTrue(task.wakes() > 0);
        assertNext(1);
        assertNext(2);
        assertNext(3);
        assertTrue(queue.poll(task).isEnd());
        assertTrue(queue.isEmpty());
    }

    @Test
    void works2() throws Exception {
        FuturesOrdered<Integer> two = Futures.ordered(List.of(a, b.join(c, Integer::sum)));
        a.complete(33);
        b.complete(33);
        assertEquals(33, two.poll(task).value());
        assertTrue(two.poll(task).isPending());
        c.complete(33);
        assertEquals(66, two.poll(task).value());
        assertTrue(two.poll(task).isEnd());
    }

    @Test
    void fromIterator() throws Exception {
        assertEquals(
                List.of(1, 2, 3),
                Block.on(Futures.ordered(List.of(Futures.ready(1), Futures.ready(2), Futures.ready(3)))
                        .collect()));
    }

    @Test
    void onlyTheWokenArePolled() throws Exception {
        assertTrue(queue.poll(task).isPending());
        b.wake();
        assertTrue(queue.poll(task).isPending());
        assertEquals(List.of(1, 2, 1), List.of(a.polls, b.polls, c.polls));
    }

    @Test
    void failureWaitsForItsTurnAndTheOthersStay() throws Exception {
        b.fail("bad");
        assertTrue(queue.poll(task).isPending());
        a.complete(1);
        assertNext(1);
        assertEquals(
                "bad", assertThrows(IOException.class, () -> queue.poll(task)).getMessage());
        c.complete(3);
        assertNext(3);
    }

    @Test
    void queueGoesOnAfterTheEnd() throws Exception {
        FuturesOrdered<Integer> empty = new FuturesOrdered<>();
        assertTrue(empty.poll(task).isEnd());
        empty.push(Futures.ready(1));
        assertEquals(1, task.wakes());
        assertEquals(1, empty.poll(task).value());
    }

    @Test
    void cancelCancelsWhatIsNotDone() throws Exception {
        b.complete(2);
        assertTrue(queue.poll(task).isPending());
        queue.cancel();
        queue.cancel();
        assertTrue(a.cancelled && c.cancelled);
        assertFalse(b.cancelled);
        a.wake();
        assertTrue(queue.poll(task).isEnd());
    }
}
