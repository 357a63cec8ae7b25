package gyre.reactor;

import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import java.time.Duration;

/**
 * An endless stream of ticks, never early. A tick is given when it is polled for; ticks that nobody polled for in time are
 * treated as {@link MissedTick} says. {@link #cancel} takes it out of the loop's wheel. Loop thread only.
 */
public final class Interval implements Stream<Void> {
    private final Loop loop;
    private final Timeout timer;
    private final long period;
    private final MissedTick missed;

    private Interval(Handle handle, long first, long period, MissedTick missed) {
        this.loop = handle.loop();
        this.timer = Timeout.at(first, handle);
        this.period = period;
        this.missed = missed;
    }

    /** Ticks every {@code period}, first that long from now, skipping missed ones. Errors as in the full form. */
    public static Interval every(Duration period, Handle handle) {
        handle.loop().check();
        return at(Times.deadline(handle.loop().now(), Times.nanos(period, "period")), period, MissedTick.SKIP, handle);
    }

    /**
     * Ticks every {@code period}, first at a time on the loop's clock ({@link Pinned#nanoTime}).
     *
     * @throws IllegalArgumentException if the period is not positive
     * @throws IllegalStateException off the loop's thread
     */
    public static Interval at(long first, Duration period, MissedTick missed, Handle handle) {
        long nanos = Times.nanos(period, "period");
        if (nanos == 0) {
            throw new IllegalArgumentException("period must be positive: " + period);
        }
        return new Interval(handle, first, nanos, missed);
    }

    /** A tick, with no value, or pending; there is no end. */
    @Override
    public Poll<Void> poll(Task task) {
        if (timer.poll(task).isPending()) {
            return Poll.pending();
        }
        timer.arm(missed.next(timer.deadline, loop.now(), period));
        return Poll.done();
    }

    @Override
    public void cancel() {
        timer.cancel();
    }
}
