package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** What is done is released at once: seen from inside the next function, while the whole future is still alive. */
class EagerDropTest {
    /** Holds what the garbage collector is to be asked about. */
    private static final class Held {
        WeakReference<Object> reference;

        /** Something new that only its receiver keeps alive. */
        Object create() {
            Object held = new Object();
            reference = new WeakReference<>(held);
            return held;
        }

        boolean isReleased() throws InterruptedException {
            for (int i = 0; i < 50 && reference.get() != null; i++) {
                System.gc();
                Thread.onSpinWait();
            }
            return reference.get() == null;
        }
    }

    private final Held held = new Held();

    private Future<Integer> future(boolean fails) {
        Object kept = held.create();
        return Futures.pollFn(task -> {
            assertNotNull(kept);
            if (fails) {
                throw new IOException();
            }
            return Poll.ready(1);
        });
    }

    private ThrowingFunction<Object, Integer> function() {
        Object kept = held.create();
        return value -> {
            assertNotNull(kept);
            return 1;
        };
    }

    private static void assertReleased(Held held) throws InterruptedException {
        held.isReleased();
        assertNull(held.reference.get());
    }

    @Test
    void map() throws Exception {
        Future<Object> whole = future(false).map(a -> {
            assertReleased(held);
            return a;
        });
        assertEquals(1, Block.on(whole));
        Reference.reachabilityFence(whole);
    }

    @Test
    void andThen() throws Exception {
        Future<Integer> whole = future(false).andThen(a -> {
            assertReleased(held);
            return Futures.ready(a);
        });
        assertEquals(1, Block.on(whole));
        Reference.reachabilityFence(whole);
    }

    @Test
    void orElse() throws Exception {
        Future<Integer> whole = future(true).orElse(a -> {
            assertReleased(held);
            return Futures.ready(1);
        });
        assertEquals(1, Block.on(whole));
        Reference.reachabilityFence(whole);
    }

    @Test
    void then() throws Exception {
        Future<Integer> whole = future(true).then((a, e) -> {
            assertReleased(held);
            return Futures.ready(1);
        });
        assertEquals(1, Block.on(whole));
        Reference.reachabilityFence(whole);
    }

    @Test
    void functionsAreReleasedWhenTheyHaveRun() throws Exception {
        Probe<Integer> second = new Probe<>();
        Future<Integer> whole = Futures.ready(1).map(function()).andThen(a -> second);
        Block.assertPending(whole);
        assertReleased(held);
        Reference.reachabilityFence(whole);
    }

    @Test
    void functionsAreReleasedWhenTheyAreSkipped() throws Exception {
        Probe<Integer> second = new Probe<>();
        ThrowingFunction<Object, Integer> skipped = function();
        Future<Integer> whole =
                Futures.<Integer>failed(new IOException()).map(skipped).orElse(e -> second);
        skipped = null;
        Block.assertPending(whole);
        assertReleased(held);
        Reference.reachabilityFence(whole);
    }

    @Test
    void joinReleasesTheFasterOne() throws Exception {
        Probe<Integer> second = new Probe<>();
        Future<Integer> whole = future(false).join(second, Integer::sum);
        Block.assertPending(whole);
        assertReleased(held);
        Reference.reachabilityFence(whole);
    }

    @Test
    void setReleasesWhatIsDone() throws Exception {
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        set.push(future(false));
        set.push(new Probe<>());
        assertEquals(1, set.poll(new FakeTask()).value());
        assertReleased(held);
        Reference.reachabilityFence(set);
    }

    @Test
    void cancelReleases() throws Exception {
        Future<Integer> whole = future(false).andThen(a -> Futures.ready(a));
        whole.cancel();
        assertReleased(held);
        Reference.reachabilityFence(whole);
    }
}
