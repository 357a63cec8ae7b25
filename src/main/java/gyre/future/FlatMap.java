package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Stream#flatMap}. */
final class FlatMap<A extends @Nullable Object, B extends @Nullable Object> extends StreamStep<A, B> {
    private final ThrowingFunction<? super A, ? extends Stream<? extends B>> function;
    private @Nullable Stream<? extends B> inner;

    FlatMap(Stream<A> source, ThrowingFunction<? super A, ? extends Stream<? extends B>> function) {
        super(source);
        this.function = function;
    }

    @Override
    public Poll<B> poll(Task task) throws Exception {
        while (true) {
            if (inner != null) {
                Poll<? extends B> item = inner.poll(task);
                if (item.isPending()) {
                    return Poll.pending();
                }
                if (item.isReady()) {
                    return Poll.ready(item.value());
                }
                inner = null;
            }
            Poll<A> next = source.poll(task);
            if (next.isPending()) {
                return Poll.pending();
            }
            if (next.isEnd()) {
                return Poll.end();
            }
            inner = Objects.requireNonNull(function.apply(next.value()), "the function gave no stream");
            if (!task.spend(1)) {
                return Poll.pending();
            }
        }
    }

    @Override
    public void cancel() {
        Stream<? extends B> current = inner;
        inner = null;
        if (current == null) {
            super.cancel();
        } else {
            Cancel.both(current::cancel, super::cancel);
        }
    }
}
