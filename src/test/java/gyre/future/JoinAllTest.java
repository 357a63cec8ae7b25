package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertPending;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoinAllTest {
    private static List<Probe<Integer>> probes(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Probe<Integer>()).toList();
    }

    @Test
    void givesTheValuesInTheOrderOfTheFutures() throws Exception {
        List<Probe<Integer>> p = probes(3);
        Future<List<Integer>> all = Futures.joinAll(p);
        assertPending(all);
        p.get(2).complete(2);
        p.get(0).complete(null);
        assertPending(all);
        p.get(1).complete(1);
        assertReady(Arrays.asList(null, 1, 2), all);
        assertDone(all);
    }

    @Test
    void emptyIsReady() throws Exception {
        assertReady(List.of(), Futures.joinAll(List.<Future<Integer>>of()));
    }

    @Test
    void refusesNull() {
        assertThrows(NullPointerException.class, () -> Futures.joinAll(Arrays.asList(new Probe<>(), null)));
    }

    @Test
    void firstFailureCancelsTheRest() throws Exception {
        List<Probe<Integer>> p = probes(3);
        Future<List<Integer>> all = Futures.joinAll(p);
        assertPending(all);
        p.get(0).complete(0);
        p.get(1).fail(new IOException("bad"));
        assertFails("bad", all);
        assertTrue(!p.get(0).cancelled && !p.get(1).cancelled && p.get(2).cancelled);
        assertDone(all);
        all.cancel();
    }

    @Test
    void onlyTheWokenArePolled() throws Exception {
        int count = 10_000;
        List<Probe<Integer>> p = probes(count);
        Future<List<Integer>> all = Futures.joinAll(p);
        FakeTask task = new FakeTask();
        while (all.poll(task).isPending() && task.wakes() > 0) {}
        for (int i = 0; i < count; i++) {
            p.get(i).complete(i);
            assertEquals(i == count - 1, all.poll(task).isReady());
        }
        assertEquals(2 * count, p.stream().mapToInt(probe -> probe.polls).sum());
    }

    @Test
    void cancelPassesDown() throws Exception {
        List<Probe<Integer>> p = probes(3);
        Future<List<Integer>> all = Futures.joinAll(p);
        assertPending(all);
        p.get(1).complete(1);
        assertPending(all);
        all.cancel();
        assertTrue(p.get(0).cancelled && !p.get(1).cancelled && p.get(2).cancelled);
        assertDone(all);
    }
}
