package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertPending;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectAllTest {
    private final Probe<Integer> a = new Probe<>();
    private final Probe<Integer> b = new Probe<>();
    private final Probe<Integer> c = new Probe<>();

    @Test
    void smoke() throws Exception {
        Future<SelectedOf<Integer>> select = Futures.selectAll(List.of(a, b, c));
        assertPending(select);
        b.complete(2);
        SelectedOf<Integer> first = Block.on(select);
        assertEquals(2, first.value());
        assertEquals(1, first.index());
        assertEquals(List.of(a, c), first.rest());
        assertDone(select);

        c.complete(3);
        SelectedOf<Integer> second = Block.on(Futures.selectAll(first.rest()));
        assertEquals(3, second.value());
        assertEquals(1, second.index());
        a.complete(1);
        assertReady(1, second.rest().get(0));
    }

    @Test
    void refusesNull() {
        assertThrows(NullPointerException.class, () -> Futures.selectAll(Arrays.asList(a, null)));
        assertThrows(NullPointerException.class, () -> Futures.selectOk(Arrays.asList(a, null)));
    }

    @Test
    void firstOfSeveralReadyOnesWins() throws Exception {
        b.complete(2);
        c.complete(3);
        SelectedOf<Integer> first = Block.on(Futures.selectAll(List.of(a, b, c)));
        assertEquals(1, first.index());
        assertEquals(0, c.polls);
    }

    @Test
    void failureCancelsTheRest() throws Exception {
        Future<SelectedOf<Integer>> select = Futures.selectAll(List.of(a, b, c));
        assertPending(select);
        b.fail("bad");
        assertFails("bad", select);
        assertTrue(a.cancelled && c.cancelled);
        assertDone(select);
    }

    @Test
    void nothingToSelectFrom() {
        assertThrows(IllegalArgumentException.class, () -> Futures.selectAll(List.<Future<Integer>>of()));
        assertThrows(IllegalArgumentException.class, () -> Futures.selectOk(List.<Future<Integer>>of()));
    }

    @Test
    void cancelPassesDown() throws Exception {
        Future<SelectedOf<Integer>> select = Futures.selectAll(List.of(a, b, c));
        assertPending(select);
        select.cancel();
        assertTrue(a.cancelled && b.cancelled && c.cancelled);
    }
}
