package gyre.future;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A queue of futures that all run at once and a stream of what they give, in the order in which they were pushed. Failures
 * too wait for their turn; the futures behind one stay. Each poll runs only the futures that were woken.
 *
 * <p>{@code poll} gives the end when the queue is empty; more futures may be pushed after that, and then it goes on. What is
 * done waits in the queue, without a bound, for what is slow in front of it; {@link Stream#buffered} sets one.
 *
 * <p>Threads: all of it on the loop, only the tasks that the futures get may be woken from anywhere.
 *
 * <p>{@link #cancel} cancels every future that is not done. Values that nobody took are dropped, not closed.
 *
 * @param <T> the type of the values
 */
public final class FuturesOrdered<T extends @Nullable Object> implements Stream<T> {
    private final Children<T> children = new Children<>();
    private final ArrayDeque<Child<T>> queue = new ArrayDeque<>();
    /** The task of a poll that gave nothing, until a push has told it. */
    private @Nullable Task idle;

    /** An empty queue. */
    public FuturesOrdered() {}

    /**
     * Takes a future in without polling it. If the queue has been polled and found wanting, the task that polled it is woken;
     * so a push may come from another task of the loop.
     */
    public void push(Future<T> future) {
        queue.add(children.add(future, 0));
        Task waiting = idle;
        if (waiting != null) {
            idle = null;
            waiting.wake();
        }
    }

    /** How many futures are in the queue, done or not. */
    public int size() {
        return queue.size();
    }

    /** Whether no future is in the queue. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        idle = null;
        while (true) {
            Child<T> head = queue.peek();
            if (head != null && head.isDone()) {
                queue.remove();
                return head.answer();
            }
            if (head == null || children.poll(task) == null) {
                idle = task;
                return head == null ? Poll.end() : Poll.pending();
            }
        }
    }

    @Override
    public void cancel() {
        idle = null;
        queue.clear();
        children.cancel();
    }
}
