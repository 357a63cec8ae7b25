package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Sink#withFlatMap}: holds one stream of items on their way, and the item of it that found the sink full. */
final class WithFlatMap<U extends @Nullable Object, T extends @Nullable Object> extends SinkStep<U, T> {
    private final ThrowingFunction<? super U, ? extends Stream<? extends T>> function;
    private @Nullable Stream<? extends T> running;
    private Poll<? extends T> item = Poll.pending();

    WithFlatMap(Sink<T> sink, ThrowingFunction<? super U, ? extends Stream<? extends T>> function) {
        super(sink);
        this.function = function;
    }

    @Override
    void begin(U next) throws Exception {
        running = Objects.requireNonNull(function.apply(next), "the function gave no stream");
    }

    @Override
    boolean pass(Task task) throws Exception {
        Stream<? extends T> items = running;
        while (items != null) {
            Poll<? extends T> next = item;
            item = Poll.pending(); // one that the sink refuses by an exception is lost
            if (next.isPending()) {
                if (!task.spend(1)) {
                    return false;
                }
                next = items.poll(task);
                if (next.isPending()) {
                    return false;
                }
            }
            if (next.isEnd()) {
                running = null;
                items = null;
            } else if (!sink.startSend(task, next.value())) {
                item = next;
                return false;
            }
        }
        return true;
    }

    @Override
    public void cancel() {
        Stream<? extends T> items = running;
        running = null;
        item = Poll.pending();
        if (items == null) {
            sink.cancel();
        } else {
            Cancel.both(items::cancel, sink::cancel);
        }
    }
}
