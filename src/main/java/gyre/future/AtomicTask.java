package gyre.future;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A place for the one task that waits for an event which another thread brings about. What futures-rs calls
 * {@code AtomicTask}; the garbage collector spares it the states.
 *
 * <p><b>Use.</b> The waiting side registers its task, <i>then</i> looks whether the event has happened, and answers pending
 * only if not. The other side makes the event visible, <i>then</i> wakes. Either the look sees the event, or the wake finds
 * the task.
 *
 * <p><b>Assumptions.</b> {@link #register} and {@link #forget} are called by one thread at a time, {@link #wake} by any. What
 * is looked at is written and read with volatile access, or a stronger one.
 *
 * <p><b>Ordering.</b> Dekker's pattern: the slot is written and then the event read, the event is written and then the
 * slot read, all four sequentially consistent. A slot that already holds the task needs no write: whoever empties it later
 * wakes the task, and whoever emptied it before is seen by the read, which is volatile too.
 *
 * <p><b>Guarantees.</b> All are wait-free and take no lock. A task is woken at most once each time it is registered; a
 * later one replaces it, so that there is one waiting task.
 */
public final class AtomicTask {
    private static final VarHandle WAITING;

    static {
        try {
            WAITING = MethodHandles.lookup().findVarHandle(AtomicTask.class, "waiting", Task.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Task waiting;

    /** An empty one. */
    public AtomicTask() {}

    /** Keeps the task for the next wake, in place of one that was kept before. */
    public void register(Task task) {
        if (waiting != task) {
            waiting = task;
        }
    }

    /** Lets go of the task: nobody waits any more. A wake that comes at the same moment may still reach it. */
    public void forget() {
        waiting = null;
    }

    /** Takes the task, if there is one, and wakes it. */
    public void wake() {
        if (waiting != null) { // saves the exchange where nobody waits
            Task task = (Task) WAITING.getAndSet(this, null);
            if (task != null) {
                task.wake();
            }
        }
    }
}
