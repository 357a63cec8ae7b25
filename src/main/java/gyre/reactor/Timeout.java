package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A future that is done when a point in time has come. Never early; late by what the loop is busy with and by the
 * system's timer. Counts from its making, not from its first poll. Unlike other futures it may be polled again when it is
 * done, and answers the same.
 *
 * <p>{@link #cancel} takes it out of the loop's wheel; nothing is lost. Loop thread only.
 */
public final class Timeout extends TimerNode implements Future<Void> {
    private final Loop loop;
    private @Nullable Task waiting;

    private Timeout(Loop loop, long deadline) {
        this.loop = loop;
        arm(deadline);
    }

    /**
     * Done that long from now.
     *
     * @param duration at least zero; one too long to count is as good as for ever
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException off the loop's thread
     */
    public static Timeout after(Duration duration, Handle handle) {
        Loop loop = handle.loop();
        loop.check();
        return new Timeout(loop, Times.deadline(loop.now(), Times.nanos(duration, "duration")));
    }

    /**
     * Done at a time on the loop's clock, {@link Pinned#nanoTime}; at once if that has passed.
     *
     * @throws IllegalStateException off the loop's thread
     */
    public static Timeout at(long nanoTime, Handle handle) {
        handle.loop().check();
        return new Timeout(handle.loop(), nanoTime);
    }

    @Override
    public Poll<Void> poll(Task task) {
        loop.check();
        if (loop.now() >= deadline) {
            loop.remove(this);
            return Poll.done();
        }
        waiting = task;
        return Poll.pending();
    }

    /** Waits even if the time has come meanwhile: the wheel wakes in the order of deadlines. */
    Poll<Void> await(Task task) {
        waiting = task;
        return Poll.pending();
    }

    /** Sets it anew, done or not; a task that waited has to poll again. Duration as in {@link #after}. */
    public void reset(Duration duration) {
        loop.check();
        arm(Times.deadline(loop.now(), Times.nanos(duration, "duration")));
    }

    /** Sets it anew, done or not, to a time as in {@link #at}; a task that waited has to poll again. */
    public void resetAt(long nanoTime) {
        loop.check();
        arm(nanoTime);
    }

    @Override
    public void cancel() {
        waiting = null;
        if (!loop.isClosed()) {
            loop.check();
            loop.remove(this);
        }
    }

    @Override
    void fire() {
        Task task = waiting;
        waiting = null;
        if (task != null) {
            loop.wake(task);
        }
    }

    void arm(long at) {
        loop.remove(this);
        waiting = null;
        deadline = at;
        loop.add(this);
    }
}
