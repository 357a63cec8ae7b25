package gyre.reactor;

import gyre.sys.Selector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How the loop waits for work, as its strategy says; all but {@link #ring} on the loop's thread.
 *
 * <p><b>Ordering.</b> A spinning loop has not said that it is parked, so whoever pushes a task makes no call; the queue is
 * looked at between two looks at the selector. {@link #ring} leaves no task, so it sets {@code rung} too, which ends a
 * spin. The loop clears it after each wait and only then looks at what the ringer had published before: all volatile, so a
 * ring that is cleared unseen has its cause seen.
 */
final class Waiting {
    static final WaitStrategy PARK = (spun, waited) -> 0;
    static final WaitStrategy SPIN = (spun, waited) -> Long.MAX_VALUE;

    private final Selector selector;
    private final TaskQueue queue;
    private final WaitStrategy strategy;
    private final boolean parks;
    private final @Nullable HotSource hot;
    private long spin;
    private long waited;
    private volatile boolean rung;

    Waiting(Selector selector, TaskQueue queue, WaitStrategy strategy) {
        this.selector = selector;
        this.queue = queue;
        this.strategy = strategy;
        this.parks = strategy == PARK;
        // A try that finds nothing ends a wait, so only where nothing depends on how long waits are.
        this.hot = strategy == SPIN ? new HotSource() : null;
    }

    /** The source to try without the selector, for who always spins. */
    @Nullable HotSource hot() {
        return hot;
    }

    /** Ends the current or the next wait. Any thread. */
    void ring() {
        rung = true;
        selector.wakeup();
    }

    /** Tells the watchers what is ready; waits for it, for a task, or for a ring at most this long. */
    void await(long nanos) throws IOException {
        if (parks || nanos == 0) {
            park(nanos);
        } else {
            spin(nanos);
        }
    }

    private void spin(long nanos) throws IOException {
        spin = Math.max(0, strategy.spinNanos(spin, waited));
        long start = selector.nanoTime();
        long passed = 0;
        for (long most = Math.min(spin, nanos); passed < most && idle(); passed = selector.nanoTime() - start) {
            if (hot == null || !hot.look()) {
                selector.select(0);
            }
            Thread.onSpinWait();
        }
        if (passed < nanos && idle()) {
            park(nanos == Long.MAX_VALUE ? nanos : nanos - passed);
            passed = selector.nanoTime() - start;
        } else if (passed == 0) {
            selector.select(0); // each turn, however many tasks others push
        }
        rung = false;
        waited = passed;
    }

    private boolean idle() {
        return queue.isEmpty() && !rung;
    }

    private void park(long nanos) throws IOException {
        boolean sleeps = nanos > 0 && queue.park();
        selector.select(!sleeps ? 0 : nanos == Long.MAX_VALUE ? -1 : nanos);
        queue.unpark();
    }
}
