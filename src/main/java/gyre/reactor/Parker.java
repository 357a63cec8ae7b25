package gyre.reactor;

import gyre.future.Task;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The task of a thread that waits by parking. The wake is kept in a flag, not in the thread's permit alone, so that neither a
 * wake before the park is lost nor another's unpark mistaken for one. Both exchanges of the flag are full fences: the poll
 * after {@link #park} sees what was written before the wakes.
 */
final class Parker implements Task {
    private final Thread thread = Thread.currentThread();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final boolean limited;
    private final long deadline;

    /** Waits that many nanoseconds in all, {@link Long#MAX_VALUE} for no limit. */
    Parker(long nanos) {
        limited = nanos != Long.MAX_VALUE;
        deadline = limited ? System.nanoTime() + nanos : 0;
    }

    @Override
    public void wake() {
        if (!woken.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for a wake; false if time was up before one came. */
    boolean park() throws InterruptedException {
        while (!woken.getAndSet(false)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = limited ? deadline - System.nanoTime() : 0;
            if (limited && left <= 0) {
                return false;
            }
            if (limited) {
                LockSupport.parkNanos(this, left);
            } else {
                LockSupport.park(this);
            }
        }
        return true;
    }
}
