package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertPending;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The original's {@code select2}. */
class SelectEitherTest {
    private final Probe<Integer> a = new Probe<>();
    private final Probe<String> b = new Probe<>();
    private final Future<SelectedEither<Integer, String>> select = a.selectEither(b);

    @Test
    void select2() throws Exception {
        assertPending(select);
        b.complete("two");
        SelectedEither<Integer, String> faster = Block.on(select);
        assertEquals(new SelectedEither.Second<>("two", a), faster);
        assertDone(select);
        a.complete(1);
        Future<String> both = faster.match((n, rest) -> rest, (s, rest) -> rest.map(n -> s + n));
        assertReady("two1", both);
    }

    @Test
    void firstIsPolledFirst() throws Exception {
        a.complete(1);
        b.complete("two");
        assertEquals(new SelectedEither.First<>(1, b), Block.on(select));
        assertEquals(0, b.polls);
    }

    @Test
    void failureCancelsTheOther() throws Exception {
        assertPending(select);
        b.fail("bad");
        assertFails("bad", select);
        assertTrue(a.cancelled);
        assertDone(select);
    }

    @Test
    void cancelPassesDown() throws Exception {
        assertPending(select);
        select.cancel();
        assertTrue(a.cancelled && b.cancelled);
    }
}
