package gyre.future;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that comes once, from any thread, and the task of the one thread that waits for it.
 *
 * <p><b>No wake is lost.</b> The one who waits registers its task, then looks for the outcome; the one who brings the outcome
 * sets it, then wakes: as {@link AtomicTask} asks for.
 */
final class Arrival<T extends @Nullable Object> {
    private final AtomicReference<@Nullable Outcome<T>> outcome = new AtomicReference<>();
    private final AtomicTask waiting = new AtomicTask();

    /** Brings the outcome; a second one is ignored. What was written before is seen by the poll that gives it. */
    void arrive(Outcome<T> brought) {
        if (outcome.compareAndSet(null, brought)) {
            waiting.wake();
        }
    }

    boolean isHere() {
        return outcome.get() != null;
    }

    /** As {@link Future#poll}, except that it may be called again. */
    Poll<T> poll(Task task) throws Exception {
        waiting.register(task);
        Outcome<T> found = outcome.get();
        if (found == null) {
            return Poll.pending();
        }
        waiting.forget();
        return Poll.ready(found.get());
    }

    /** Nobody waits any more. */
    void leave() {
        waiting.forget();
    }
}
