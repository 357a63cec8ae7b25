package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertPending;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** As in futures-rs {@code tests/shared.rs}. */
class SharedTest {
    private final Probe<Object> probe = new Probe<>();
    private final Shared<Object> shared = probe.shared();
    private final FakeTask task = new FakeTask();

    private static void sendSharedOneshotAndWaitOnMultipleThreads(int threads) throws Exception {
        Probe<Integer> oneshot = new Probe<>();
        Shared<Integer> shared = oneshot.shared();
        List<FutureTask<Integer>> waiting = new ArrayList<>();
        CountDownLatch polled = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Shared<Integer> copy = shared.copy();
            FutureTask<Integer> wait = new FutureTask<>(() -> {
                assertTrue(copy.poll(() -> {}).isPending());
                polled.countDown();
                return Block.parking(copy);
            });
            waiting.add(wait);
            new Thread(wait).start();
        }
        polled.await();
        oneshot.complete(6);
        for (FutureTask<Integer> each : waiting) {
            assertEquals(6, each.get());
        }
        assertEquals(6, Block.parking(shared));
    }

    @Test
    void oneThread() throws Exception {
        sendSharedOneshotAndWaitOnMultipleThreads(1);
    }

    @Test
    void twoThreads() throws Exception {
        sendSharedOneshotAndWaitOnMultipleThreads(2);
    }

    @Test
    void manyThreads() throws Exception {
        sendSharedOneshotAndWaitOnMultipleThreads(200);
    }

    /** Copies on several threads, wakes from another one, many rounds: a lost wake hangs it. */
    @Test
    void noWakeIsLostBetweenThreads() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Probe<Integer> oneshot = new Probe<>();
            Shared<Integer> shared = oneshot.shared();
            List<FutureTask<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Shared<Integer> copy = shared.copy();
                FutureTask<Integer> wait = new FutureTask<>(() -> Block.parking(copy));
                waiting.add(wait);
                new Thread(wait).start();
            }
            if (round % 2 == 0) {
                Thread.onSpinWait();
            } else {
                oneshot.wake();
            }
            oneshot.complete(round);
            for (FutureTask<Integer> each : waiting) {
                assertEquals(round, each.get());
            }
        }
    }

    @Test
    void dropOnOneTaskOk() throws Exception {
        Shared<Object> other = shared.copy();
        FakeTask dropped = new FakeTask();
        assertTrue(shared.poll(dropped).isPending());
        assertTrue(other.poll(task).isPending());
        shared.cancel();
        assertFalse(probe.cancelled);
        probe.complete(42);
        assertEquals(0, dropped.wakes());
        assertEquals(1, task.wakes());
        assertReady(42, other);
        assertDone(shared);
    }

    @Test
    void dropInPoll() throws Exception {
        List<Shared<Integer>> slot = new ArrayList<>();
        Shared<Integer> future = Futures.<Integer>pollFn(t -> {
                    slot.remove(0).cancel();
                    return Poll.ready(1);
                })
                .shared();
        slot.add(future.copy());
        assertReady(1, future);
    }

    @Test
    void lastCopyMayGoInPoll() throws Exception {
        List<Shared<Integer>> slot = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        Shared<Integer> future = Futures.<Integer>pollFn(t -> {
                    slot.get(0).cancel();
                    seen.add("polled");
                    return Poll.pending();
                })
                .onEnd(outcome -> seen.add("cancelled " + outcome.isCancelled()))
                .shared();
        slot.add(future);
        assertPending(future);
        assertEquals(List.of("polled", "cancelled true"), seen);
        assertDone(future);
    }

    @Test
    void recursivePoll() throws Exception {
        List<Future<Integer>> slot = new ArrayList<>();
        Probe<Integer> gate = new Probe<>();
        Shared<Integer> future = Futures.<Integer>pollFn(t -> {
                    assertTrue(slot.get(0).poll(t).isPending());
                    return gate.poll(t);
                })
                .shared();
        slot.add(future.copy());
        assertTrue(future.poll(task).isPending());
        gate.complete(3);
        assertTrue(task.wakes() > 0);
        assertReady(3, future);
    }

    @Test
    void recursivePollOfTheSameCopyKeepsTheOwnersTask() throws Exception {
        List<Future<Integer>> slot = new ArrayList<>();
        Probe<Integer> gate = new Probe<>();
        Shared<Integer> future = Futures.<Integer>pollFn(t -> {
                    slot.get(0).poll(t);
                    return gate.poll(t);
                })
                .shared();
        slot.add(future);
        assertTrue(future.poll(task).isPending());
        gate.complete(3);
        assertEquals(1, task.wakes());
    }

    @Test
    void polledThenIgnored() throws Exception {
        Shared<Object> ignored = shared.copy();
        assertTrue(ignored.poll(new FakeTask()).isPending());
        assertTrue(shared.poll(task).isPending());
        assertEquals(1, probe.polls, "not woken, so not polled again");
        probe.complete(1);
        assertEquals(1, task.wakes());
        assertReady(1, shared);
        assertReady(1, ignored);
    }

    @Test
    void everyWakeIsToldToAllWhoWait() throws Exception {
        Shared<Object> other = shared.copy();
        FakeTask second = new FakeTask();
        assertTrue(shared.poll(task).isPending());
        assertTrue(other.poll(second).isPending());
        probe.wake();
        probe.wake();
        assertEquals(1, task.wakes());
        assertEquals(1, second.wakes());
        assertTrue(other.poll(second).isPending());
        assertEquals(2, probe.polls);
        assertTrue(shared.poll(task).isPending());
        assertEquals(2, probe.polls);
        probe.complete(1);
        assertEquals(1, task.wakes());
        assertEquals(1, second.wakes());
    }

    @Test
    void wakeDuringThePollIsNotLost() throws Exception {
        int[] polls = {0};
        Shared<Integer> future = Futures.<Integer>pollFn(t -> {
                    t.wake();
                    return ++polls[0] == 3 ? Poll.ready(3) : Poll.pending();
                })
                .shared();
        assertTrue(future.poll(task).isPending());
        assertEquals(1, task.wakes());
        assertEquals(3, Block.on(future));
    }

    @Test
    void peek() throws Exception {
        Shared<Object> other = shared.copy();
        assertNull(shared.peek());
        assertPending(shared);
        probe.complete(5);
        assertNull(shared.peek(), "nobody has polled it");
        assertReady(5, shared);
        assertEquals(Outcome.success(5), other.peek());
        assertReady(5, other);
        assertDone(other);
    }

    @Test
    void failureIsShared() {
        Shared<Object> other = shared.copy();
        probe.fail("bad");
        Throwable first = assertThrows(IOException.class, () -> shared.poll(task));
        assertSame(first, assertThrows(IOException.class, () -> other.poll(task)));
        assertNotNull(shared.peek());
        assertFails("bad", shared.copy());
        assertDone(shared);
    }

    @Test
    void errorIsSharedToo() {
        Shared<Object> other = shared.copy();
        StackOverflowError error = new StackOverflowError();
        probe.fail(error);
        assertSame(error, assertThrows(StackOverflowError.class, () -> shared.poll(task)));
        assertSame(error, assertThrows(StackOverflowError.class, () -> other.poll(task)));
    }

    @Test
    void cancelOfTheLastCopyCancels() throws Exception {
        Shared<Object> other = shared.copy();
        Shared<Object> third = other.copy();
        assertPending(other);
        shared.cancel();
        shared.cancel();
        other.cancel();
        assertFalse(probe.cancelled);
        third.cancel();
        assertTrue(probe.cancelled);
        probe.wake();
        assertDone(third);
        assertThrows(IllegalStateException.class, third::copy);
    }

    @Test
    void copyOfOneThatHasAnsweredIsReady() throws Exception {
        probe.complete(9);
        assertReady(9, shared);
        assertReady(9, shared.copy());
        assertEquals(1, probe.polls);
    }

    @Test
    void budgetIsThatOfTheCopyThatPolls() throws Exception {
        task.budget = 1;
        List<Boolean> spent = new ArrayList<>();
        Shared<Integer> future = Futures.<Integer>pollFn(t -> {
                    spent.add(t.spend(1));
                    spent.add(t.spend(1));
                    return Poll.pending();
                })
                .shared();
        assertTrue(future.poll(task).isPending());
        assertEquals(List.of(true, false), spent);
        assertTrue(task.wakes() > 0);
    }
}
