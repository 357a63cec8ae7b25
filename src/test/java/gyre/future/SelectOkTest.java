package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertPending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectOkTest {
    private final Probe<Integer> a = new Probe<>();
    private final Probe<Integer> b = new Probe<>();
    private final Probe<Integer> c = new Probe<>();

    @Test
    void ignoreErr() throws Exception {
        Future<SelectedOf<Integer>> select = Futures.selectOk(List.of(a, b, c));
        a.fail("bad");
        assertPending(select);
        c.complete(3);
        SelectedOf<Integer> first = Block.on(select);
        assertEquals(3, first.value());
        assertEquals(2, first.index());
        assertEquals(List.of(b), first.rest());
    }

    @Test
    void lastErr() throws Exception {
        Future<SelectedOf<Integer>> select = Futures.selectOk(List.of(a, b, c));
        a.fail("first");
        c.fail("second");
        assertPending(select);
        b.fail("last");
        assertFails("last", select);
        assertDone(select);
    }

    @Test
    void errorsAreNotSkipped() throws Exception {
        Future<SelectedOf<Integer>> select = Futures.selectOk(List.of(a, b, c));
        assertPending(select);
        a.fail(new StackOverflowError());
        assertThrows(StackOverflowError.class, () -> select.poll(new FakeTask()));
        assertTrue(b.cancelled && c.cancelled);
    }

    @Test
    void cancelPassesDown() throws Exception {
        Future<SelectedOf<Integer>> select = Futures.selectOk(List.of(a, b, c));
        a.fail("bad");
        assertPending(select);
        select.cancel();
        assertTrue(!a.cancelled && b.cancelled && c.cancelled);
    }
}
