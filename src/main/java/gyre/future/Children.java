package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Futures that share one task, of which each poll runs only those that were woken: what every combinator over many
 * futures is made of. Each has a {@link Child} node that is its task, its place in the queue of the woken, and its place in
 * the list of all, so that adding, waking and ending one costs the same however many there are.
 *
 * <p>Confined to the thread that polls, but for the wakes.
 */
final class Children<T extends @Nullable Object> {
    /** How many are polled without a result before the rest of the loop gets its turn. */
    private static final int POLLS_A_TURN = 32;

    private final ReadyQueue woken = new ReadyQueue();
    private @Nullable Child<T> newest;
    /** Taken from the queue when the turn was over: the next to be polled. */
    private @Nullable Child<T> held;

    private int size;

    int size() {
        return size;
    }

    /** Takes a future in; its first poll comes with the next poll of the set. */
    Child<T> add(Future<T> future, int index) {
        Child<T> child = new Child<>(woken, Objects.requireNonNull(future), index);
        child.right = newest;
        if (newest != null) {
            newest.left = child;
        }
        newest = child;
        size++;
        child.enqueueOrRetire(true);
        return child;
    }

    /**
     * Polls those that were woken, the first woken first, until one is done. A child that wakes itself is polled once a
     * round at most, so that the call ends.
     *
     * @return the child that is done and no longer in the set; null if there is none, now
     */
    @Nullable Child<T> poll(Task task) {
        woken.tell(task);
        int polls = Math.min(size, POLLS_A_TURN);
        while (true) {
            @SuppressWarnings("unchecked") // only children are pushed
            Child<T> child = held != null ? held : (Child<T>) woken.take();
            held = null;
            if (child == null) {
                if (!woken.isEmpty()) {
                    task.wake();
                }
                return null;
            }
            Future<T> future = child.future;
            if (future == null) {
                continue;
            }
            if (polls-- == 0) {
                held = child;
                task.wake();
                return null;
            }
            if (!task.spend(1)) {
                held = child;
                return null;
            }
            if (child.run(future)) {
                if (child.future != null) { // unless its own poll has cancelled the set
                    remove(child);
                }
                return child;
            }
        }
    }

    /** Cancels all that are left. A late wake of one of them does nothing. */
    void cancel() {
        Throwable failure = null;
        while (newest != null) {
            Future<T> future = newest.future;
            remove(newest);
            if (future != null) {
                failure = Cancel.also(failure, future::cancel);
            }
        }
        woken.tell(null);
        Cancel.end(failure);
    }

    /** Takes a future out, alive. */
    Future<T> take(Child<T> child) {
        Future<T> future = child.future;
        if (future == null) {
            throw new IllegalStateException("done");
        }
        remove(child);
        return future;
    }

    private void remove(Child<T> child) {
        child.future = null;
        child.enqueueOrRetire(false);
        if (child.left == null) {
            newest = child.right;
        } else {
            child.left.right = child.right;
        }
        if (child.right != null) {
            child.right.left = child.left;
        }
        child.left = null;
        child.right = null;
        size--;
    }
}
