package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** As in futures-rs {@code tests/futures_unordered.rs}. */
class FuturesUnorderedTest {
    private final FakeTask task = new FakeTask();

    private static List<Probe<Integer>> probes(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Probe<Integer>()).toList();
    }

    private void assertNext(Object value, Stream<?> stream) throws Exception {
        Poll<?> answer = stream.poll(task);
        assertTrue(answer.isReady(), answer::toString);
        assertEquals(value, answer.value());
    }

    @Test
    void works1() throws Exception {
        List<Probe<Integer>> p = probes(3);
        FuturesUnordered<Integer> set = Futures.unordered(p);
        assertEquals(3, set.size());
        assertTrue(set.poll(task).isPending());
        p.get(1).complete(1);
        assertTrue(task.wakes() > 0);
        assertNext(1, set);
        p.get(2).complete(2);
        p.get(0).complete(0);
        assertNext(2, set);
        assertNext(0, set);
        assertTrue(set.poll(task).isEnd());
        assertTrue(set.isEmpty());
    }

    @Test
    void works2() throws Exception {
        List<Probe<Integer>> p = probes(3);
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        set.push(p.get(0));
        set.push(p.get(1).join(p.get(2), Integer::sum));
        p.get(0).complete(9);
        p.get(1).complete(10);
        assertNext(9, set);
        assertTrue(set.poll(task).isPending());
        p.get(2).complete(10);
        assertNext(20, set);
        assertTrue(set.poll(task).isEnd());
    }

    @Test
    void finishedFutureOk() throws Exception {
        Probe<Integer> probe = new Probe<>();
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        set.push(probe);
        assertTrue(set.poll(task).isPending());
        probe.complete(1);
        probe.wake();
        probe.wake();
        assertNext(1, set);
        task.wakes();
        probe.wake();
        assertTrue(set.poll(task).isEnd());
        assertEquals(0, task.wakes());
    }

    @Test
    void onlyTheWokenArePolled() throws Exception {
        List<Probe<Integer>> p = probes(100);
        FuturesUnordered<Integer> set = Futures.unordered(p);
        while (set.poll(task).isPending() && task.wakes() > 0) {}
        assertEquals(100, p.stream().mapToInt(probe -> probe.polls).sum());
        p.get(42).wake();
        assertTrue(set.poll(task).isPending());
        assertEquals(101, p.stream().mapToInt(probe -> probe.polls).sum());
        assertEquals(2, p.get(42).polls);
    }

    @Test
    void wakesCoalesce() throws Exception {
        Probe<Integer> probe = new Probe<>();
        FuturesUnordered<Integer> set = Futures.unordered(List.of(probe));
        assertTrue(set.poll(task).isPending());
        assertEquals(0, task.wakes());
        probe.wake();
        probe.wake();
        assertEquals(1, task.wakes());
        assertTrue(set.poll(task).isPending());
        assertEquals(2, probe.polls);
        probe.wake();
        assertEquals(1, task.wakes());
    }

    @Test
    void wakeDuringThePollIsNotLost() throws Exception {
        int[] polls = {0};
        FuturesUnordered<Integer> set = Futures.unordered(List.of(Futures.pollFn(child -> {
            child.wake();
            return ++polls[0] == 3 ? Poll.ready(3) : Poll.pending();
        })));
        assertTrue(set.poll(task).isPending());
        assertEquals(1, polls[0]);
        assertTrue(task.wakes() > 0);
        assertTrue(set.poll(task).isPending());
        assertNext(3, set);
    }

    @Test
    void polledOnlyOnceAtMostPerIteration() throws Exception {
        int[] polls = {0};
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            futures.add(Futures.pollFn(child -> {
                polls[0]++;
                child.wake();
                return Poll.pending();
            }));
        }
        FuturesUnordered<Integer> set = Futures.unordered(futures);
        assertTrue(set.poll(task).isPending());
        assertEquals(10, polls[0]);
        assertTrue(set.poll(task).isPending());
        assertEquals(20, polls[0]);
    }

    @Test
    void turnIsGivenUpAfter32PollsWithoutAResult() throws Exception {
        List<Probe<Integer>> p = probes(100);
        FuturesUnordered<Integer> set = Futures.unordered(p);
        assertTrue(set.poll(task).isPending());
        assertEquals(32, p.stream().mapToInt(probe -> probe.polls).sum());
        assertEquals(1, task.wakes());
        for (int i = 0; i < 3; i++) {
            assertTrue(set.poll(task).isPending());
        }
        assertEquals(100, p.stream().mapToInt(probe -> probe.polls).sum());
        assertTrue(p.stream().allMatch(probe -> probe.polls == 1));
        assertEquals(2, task.wakes());
    }

    @Test
    void setGoesOnAfterTheEnd() throws Exception {
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        assertTrue(set.poll(task).isEnd());
        set.push(Futures.ready(1));
        assertEquals(1, task.wakes());
        set.push(Futures.ready(2));
        assertEquals(0, task.wakes());
        assertNext(1, set);
        set.push(Futures.ready(3));
        assertEquals(0, task.wakes());
        assertNext(2, set);
        assertNext(3, set);
        assertTrue(set.poll(task).isEnd());
    }

    @Test
    void failureIsOneItems() throws Exception {
        Probe<Integer> probe = new Probe<>();
        FuturesUnordered<Integer> set =
                Futures.unordered(List.of(Futures.failed(new IOException("bad")), probe, Futures.ready(2)));
        assertEquals(
                "bad", assertThrows(IOException.class, () -> set.poll(task)).getMessage());
        assertEquals(2, set.size());
        assertNext(2, set);
        probe.fail(new StackOverflowError());
        assertThrows(StackOverflowError.class, () -> set.poll(task));
        assertTrue(set.poll(task).isEnd());
    }

    @Test
    void cancelCancelsAllAndLateWakesDoNothing() throws Exception {
        List<Probe<Integer>> p = probes(3);
        FuturesUnordered<Integer> set = Futures.unordered(p);
        assertTrue(set.poll(task).isPending());
        p.get(1).complete(1);
        assertNext(1, set);
        task.wakes();
        set.cancel();
        set.cancel();
        assertTrue(p.get(0).cancelled && !p.get(1).cancelled && p.get(2).cancelled);
        p.get(0).wake();
        p.get(2).wake();
        assertEquals(0, task.wakes());
    }

    @Test
    void cancelGoesOnAfterAThrow() {
        Probe<Integer> last = new Probe<>();
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        set.push(last);
        set.push(new Probe<Integer>().onEnd(o -> {
            throw new IllegalArgumentException("end");
        }));
        assertThrows(IllegalArgumentException.class, set::cancel);
        assertTrue(last.cancelled);
        assertTrue(set.isEmpty());
    }

    @Test
    void cancelByAMemberLeavesNothing() throws Exception {
        Probe<Integer> other = new Probe<>();
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        set.push(Futures.pollFn(t -> {
            set.cancel();
            return Poll.ready(1);
        }));
        set.push(other);
        assertNext(1, set);
        assertTrue(other.cancelled);
        assertEquals(0, set.size());
        assertTrue(set.poll(task).isEnd());
        set.push(Futures.ready(2));
        assertEquals(1, set.size());
        assertNext(2, set);
    }

    @Test
    void refusesNull() {
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        assertThrows(NullPointerException.class, () -> set.push(null));
        assertTrue(set.isEmpty());
    }

    @Test
    void latestTaskIsTold() throws Exception {
        Probe<Integer> probe = new Probe<>();
        FuturesUnordered<Integer> set = Futures.unordered(List.of(probe));
        FakeTask later = new FakeTask();
        assertTrue(set.poll(task).isPending());
        assertTrue(set.poll(later).isPending());
        probe.complete(1);
        assertEquals(0, task.wakes());
        assertEquals(1, later.wakes());
    }

    @Test
    void childrenSpendTheBudgetOfTheCurrentTask() throws Exception {
        Probe<Integer> probe = new Probe<>();
        FuturesUnordered<Integer> set = Futures.unordered(List.of(probe));
        task.budget = 6;
        assertTrue(set.poll(task).isPending());
        assertEquals(1, task.spent);
        assertTrue(probe.task().spend(10));
        assertEquals(11, task.spent);
        assertEquals(0, task.wakes());
        assertTrue(!probe.task().spend(0));
        assertTrue(task.wakes() > 0);

        // the refused child too has been woken: it is polled when there is a budget again
        assertTrue(set.poll(task).isPending());
        assertEquals(1, probe.polls);
        task.spent = 0;
        assertTrue(set.poll(task).isPending());
        assertEquals(2, probe.polls);
    }

    @Test
    void childrenHaveOneTaskEachForLife() throws Exception {
        List<Probe<Integer>> p = probes(2);
        FuturesUnordered<Integer> set = Futures.unordered(p);
        assertTrue(set.poll(task).isPending());
        Task first = p.get(0).task();
        assertTrue(first != p.get(1).task());
        p.get(0).wake();
        assertTrue(set.poll(task).isPending());
        assertSame(first, p.get(0).task());
    }

    /** The original reaches into the set; here whoever pushed a future still has it. */
    @Test
    void iterMutCancel() throws Exception {
        List<Probe<Integer>> p = probes(3);
        FuturesUnordered<Integer> set = Futures.unordered(p);
        assertTrue(set.poll(task).isPending());
        p.forEach(probe -> probe.fail("cancelled"));
        for (int left = 2; left >= 0; left--) {
            assertEquals(
                    "cancelled",
                    assertThrows(IOException.class, () -> set.poll(task)).getMessage());
            assertEquals(left, set.size());
        }
        assertTrue(set.poll(task).isEnd());
    }
}
