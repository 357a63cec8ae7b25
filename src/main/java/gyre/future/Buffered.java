package gyre.future;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Stream#buffered} and {@link Stream#bufferUnordered}: the same window, read from its head or as it fills. */
final class Buffered<T extends @Nullable Object, U extends @Nullable Object> implements Stream<U> {
    private final Children<U> children = new Children<>();
    private final int limit;
    private final ThrowingFunction<? super T, ? extends Future<U>> function;
    /** The window in the order of the items; null if the order does not matter. */
    private final @Nullable ArrayDeque<Child<U>> window;

    private @Nullable Stream<T> source;
    /** Whether the futures come before the source, since that has left nothing of the budget for them. */
    private boolean turned;

    Buffered(Stream<T> source, int limit, boolean ordered, ThrowingFunction<? super T, ? extends Future<U>> function) {
        if (limit < 1) {
            throw new IllegalArgumentException("a buffer of " + limit + " futures");
        }
        this.source = source;
        this.limit = limit;
        this.window = ordered ? new ArrayDeque<>() : null;
        this.function = function;
    }

    @Override
    public Poll<U> poll(Task task) throws Exception {
        if (!task.spend(0)) {
            return Poll.pending(); // not a turn: neither side could do anything
        }
        boolean futuresFirst = turned;
        turned = false;
        if (futuresFirst) {
            Poll<U> answer = next(task);
            if (!answer.isPending()) {
                return answer;
            }
        }
        fill(task);
        Poll<U> answer = next(task);
        turned = !futuresFirst && answer.isPending() && !task.spend(0);
        return answer;
    }

    private Poll<U> next(Task task) throws Exception {
        if (window == null) {
            Child<U> done = children.poll(task);
            return done != null ? done.answer() : source == null && children.size() == 0 ? Poll.end() : Poll.pending();
        }
        while (true) {
            Child<U> head = window.peek();
            if (head == null) {
                return source == null ? Poll.end() : Poll.pending();
            }
            if (head.isDone()) {
                window.remove();
                return head.answer();
            }
            if (children.poll(task) == null) {
                return Poll.pending();
            }
        }
    }

    /** Takes items in while there is room and they are there. */
    private void fill(Task task) {
        Stream<T> items = source;
        while (items != null && (window == null ? children.size() : window.size()) < limit) {
            if (!task.spend(1)) {
                break;
            }
            Future<U> future;
            try {
                Poll<T> item = items.poll(task);
                if (item.isPending()) {
                    break;
                }
                if (item.isEnd()) {
                    source = null;
                    break;
                }
                future = Objects.requireNonNull(function.apply(item.value()), "the function gave no future");
            } catch (Exception e) {
                // takes its place in the window, so that failures keep the order too
                future = Futures.failed(e);
            }
            Child<U> child = children.add(future, 0);
            if (window != null) {
                window.add(child);
            }
        }
    }

    @Override
    public void cancel() {
        Stream<T> items = source;
        source = null;
        if (window != null) {
            window.clear();
        }
        Throwable failure = items == null ? null : Cancel.also(null, items::cancel);
        Cancel.end(Cancel.also(failure, children::cancel));
    }
}
