package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Who completes first, and how, as in futures-rs {@code tests/eventual.rs}. */
class EventualTest {
    private final Probe<Integer> a = new Probe<>();
    private final Probe<Integer> b = new Probe<>();
    private final FakeTask task = new FakeTask();
    private Poll<?> answer;

    /** Polls if woken, as a loop would. */
    private void run(Future<?> future) throws Exception {
        assertTrue(answer == null || answer.isPending());
        if (answer == null || task.wakes() > 0) {
            answer = future.poll(task);
        }
    }

    private void assertAnswer(Object value) {
        assertTrue(answer.isReady());
        assertEquals(value, answer.value());
    }

    private void assertFailure(Future<?> future) {
        assertEquals("bad", assertThrows(IOException.class, () -> run(future)).getMessage());
    }

    @Test
    void andThen1() throws Exception {
        Future<Integer> future = a.andThen(v -> b);
        run(future);
        a.complete(1);
        run(future);
        assertTrue(answer.isPending());
        b.complete(2);
        run(future);
        assertAnswer(2);
    }

    @Test
    void andThen2() throws Exception {
        Future<Integer> future = a.andThen(v -> b);
        run(future);
        b.complete(2);
        assertEquals(0, task.wakes());
        a.complete(1);
        run(future);
        assertAnswer(2);
    }

    @Test
    void andThen3() throws Exception {
        Future<Integer> future = a.andThen(v -> b);
        run(future);
        a.fail("bad");
        assertFailure(future);
        assertEquals(0, b.polls);
    }

    @Test
    void andThen4() throws Exception {
        Future<Integer> future = a.andThen(v -> b);
        run(future);
        a.complete(1);
        run(future);
        b.fail("bad");
        assertFailure(future);
    }

    @Test
    void orElse1() throws Exception {
        Future<Integer> future = a.orElse(e -> b);
        run(future);
        a.complete(1);
        run(future);
        assertAnswer(1);
        assertEquals(0, b.polls);
    }

    @Test
    void orElse2() throws Exception {
        Future<Integer> future = a.orElse(e -> b);
        run(future);
        a.fail("first");
        run(future);
        assertTrue(answer.isPending());
        b.complete(2);
        run(future);
        assertAnswer(2);
    }

    @Test
    void join1() throws Exception {
        Future<Integer> future = a.join(b, Integer::sum);
        run(future);
        a.complete(1);
        run(future);
        assertTrue(answer.isPending());
        b.complete(2);
        run(future);
        assertAnswer(3);
    }

    @Test
    void join2() throws Exception {
        Future<Integer> future = a.join(b, Integer::sum);
        run(future);
        b.complete(2);
        run(future);
        assertTrue(answer.isPending());
        a.complete(1);
        run(future);
        assertAnswer(3);
    }

    @Test
    void join3() throws Exception {
        Future<Integer> future = a.join(b, Integer::sum);
        run(future);
        a.fail("bad");
        assertFailure(future);
        assertTrue(b.cancelled);
    }

    @Test
    void join4() throws Exception {
        Future<Integer> future = a.join(b, Integer::sum);
        run(future);
        b.fail("bad");
        assertFailure(future);
        assertTrue(a.cancelled);
    }

    @Test
    void join5() throws Exception {
        Future<Integer> future = a.join(b, Integer::sum);
        run(future);
        a.complete(1);
        run(future);
        b.fail("bad");
        assertFailure(future);
        assertFalse(a.cancelled);
    }

    @Test
    void select1() throws Exception {
        Future<Selected<Integer>> future = a.select(b);
        run(future);
        a.complete(1);
        run(future);
        assertEquals(1, ((Selected<?>) answer.value()).value());
        b.complete(2);
        Block.assertReady(2, ((Selected<?>) answer.value()).rest());
    }

    @Test
    void select2() throws Exception {
        Future<Selected<Integer>> future = a.select(b);
        run(future);
        b.complete(2);
        run(future);
        assertEquals(2, ((Selected<?>) answer.value()).value());
        a.complete(1);
        Block.assertReady(1, ((Selected<?>) answer.value()).rest());
    }

    @Test
    void select3() throws Exception {
        Future<Selected<Integer>> future = a.select(b);
        run(future);
        a.fail("bad");
        assertFailure(future);
        assertTrue(b.cancelled);
    }

    @Test
    void select4() throws Exception {
        Future<Selected<Integer>> future = a.select(b);
        run(future);
        b.fail("bad");
        assertFailure(future);
        assertTrue(a.cancelled);
    }
}
