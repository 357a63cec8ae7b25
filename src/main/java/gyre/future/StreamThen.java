package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Stream#then}, and {@link Stream#andThen} and {@link Stream#orElse}: one item's future at a time. */
final class StreamThen<A extends @Nullable Object, B extends @Nullable Object> extends StreamStep<A, B> {
    private final ThenFunction<? super A, ? extends Future<? extends B>> function;
    private @Nullable Future<? extends B> running;

    StreamThen(Stream<A> source, ThenFunction<? super A, ? extends Future<? extends B>> function) {
        super(source);
        this.function = function;
    }

    @Override
    public Poll<B> poll(Task task) throws Exception {
        Future<? extends B> future = running;
        if (future == null) {
            A item = null;
            Exception error = null;
            try {
                Poll<A> answer = source.poll(task);
                if (answer.isPending()) {
                    return Poll.pending();
                }
                if (answer.isEnd()) {
                    return Poll.end();
                }
                item = answer.value();
            } catch (Exception e) {
                error = e;
            }
            future = Objects.requireNonNull(function.apply(item, error), "the function gave no future");
        }
        running = null;
        Poll<? extends B> answer = future.poll(task);
        if (answer.isPending()) {
            running = future;
            return Poll.pending();
        }
        return Poll.ready(answer.value());
    }

    @Override
    public void cancel() {
        Future<? extends B> future = running;
        running = null;
        if (future == null) {
            super.cancel();
        } else {
            Cancel.both(future::cancel, super::cancel);
        }
    }
}
