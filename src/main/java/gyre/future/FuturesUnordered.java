package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A set of futures that is a stream of what they give, in the order in which they are done. Each poll runs only the
 * futures that were woken, so a set of many thousands costs what its busy ones cost.
 *
 * <p>{@code poll} gives the end when the set is empty; more futures may be pushed after that, and then it goes on. A
 * failure is the failure of one item: that future has left the set, the others stay. A set that is polled gives up the
 * turn after 32 polls without a result, so that futures which keep waking themselves can't keep the loop.
 *
 * <p>Threads: all of it on the loop, only the tasks that the futures get may be woken from anywhere.
 *
 * <p>{@link #cancel} cancels every future in the set. Values that nobody took are dropped, not closed.
 *
 * @param <T> the type of the values
 */
public final class FuturesUnordered<T extends @Nullable Object> implements Stream<T> {
    private final Children<T> children = new Children<>();
    /** The task of a poll that gave nothing, until a push has told it. */
    private @Nullable Task idle;

    /** An empty set. */
    public FuturesUnordered() {}

    /**
     * Takes a future in without polling it. If the set has been polled and found wanting, the task that polled it is woken;
     * so a push may come from another task of the loop.
     */
    public void push(Future<T> future) {
        children.add(future, 0);
        Task waiting = idle;
        if (waiting != null) {
            idle = null;
            waiting.wake();
        }
    }

    /** How many futures are in the set. */
    public int size() {
        return children.size();
    }

    /** Whether no future is in the set. */
    public boolean isEmpty() {
        return children.size() == 0;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        idle = null;
        Child<T> done = children.poll(task);
        if (done != null) {
            return done.answer();
        }
        idle = task;
        return isEmpty() ? Poll.end() : Poll.pending();
    }

    @Override
    public void cancel() {
        idle = null;
        children.cancel();
    }
}
