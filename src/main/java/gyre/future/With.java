package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Sink#with}: holds one item on its way, as a future or as what that gave. */
final class With<U extends @Nullable Object, T extends @Nullable Object> implements Sink<U> {
    private final Sink<T> sink;
    private final ThrowingFunction<? super U, ? extends Future<? extends T>> function;
    private @Nullable Future<? extends T> running;
    private Poll<? extends T> item = Poll.pending();

    With(Sink<T> sink, ThrowingFunction<? super U, ? extends Future<? extends T>> function) {
        this.sink = sink;
        this.function = function;
    }

    @Override
    public boolean startSend(Task task, U next) throws Exception {
        if (!pass(task)) {
            return false;
        }
        running = Objects.requireNonNull(function.apply(next), "the function gave no future");
        return true;
    }

    @Override
    public Poll<Void> pollFlush(Task task) throws Exception {
        return pass(task) ? sink.pollFlush(task) : flushFirst(task);
    }

    @Override
    public Poll<Void> pollClose(Task task) throws Exception {
        return pass(task) ? sink.pollClose(task) : flushFirst(task);
    }

    /** What went before is delivered while the item on its way is not ready. */
    private Poll<Void> flushFirst(Task task) throws Exception {
        sink.pollFlush(task);
        return Poll.pending();
    }

    /** Moves the item on its way into the sink; true if there is none left. */
    private boolean pass(Task task) throws Exception {
        Future<? extends T> future = running;
        if (future != null) {
            running = null;
            Poll<? extends T> answer = future.poll(task);
            if (answer.isPending()) {
                running = future;
                return false;
            }
            item = answer;
        }
        if (item.isReady()) {
            if (!sink.startSend(task, item.value())) {
                return false;
            }
            item = Poll.pending();
        }
        return true;
    }

    @Override
    public void cancel() {
        Future<? extends T> future = running;
        running = null;
        item = Poll.pending();
        if (future == null) {
            sink.cancel();
        } else {
            Cancel.both(future::cancel, sink::cancel);
        }
    }
}
