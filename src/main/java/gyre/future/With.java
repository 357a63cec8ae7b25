package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Sink#with}: holds one item on its way, as a future or as what that gave. */
final class With<U extends @Nullable Object, T extends @Nullable Object> extends SinkStep<U, T> {
    private final ThrowingFunction<? super U, ? extends Future<? extends T>> function;
    private @Nullable Future<? extends T> running;
    private Poll<? extends T> item = Poll.pending();

    With(Sink<T> sink, ThrowingFunction<? super U, ? extends Future<? extends T>> function) {
        super(sink);
        this.function = function;
    }

    @Override
    void begin(U next) throws Exception {
        running = Objects.requireNonNull(function.apply(next), "the function gave no future");
    }

    @Override
    boolean pass(Task task) throws Exception {
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
        Poll<? extends T> next = item;
        item = Poll.pending(); // one that the sink refuses by an exception is lost
        if (next.isReady() && !sink.startSend(task, next.value())) {
            item = next;
            return false;
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
