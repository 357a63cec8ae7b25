package gyre.future;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Stream#filterMap}. */
final class StreamFilterMap<A extends @Nullable Object, B> extends StreamStep<A, B> {
    private final ThrowingFunction<? super A, Optional<B>> function;

    StreamFilterMap(Stream<A> source, ThrowingFunction<? super A, Optional<B>> function) {
        super(source);
        this.function = function;
    }

    @Override
    public Poll<B> poll(Task task) throws Exception {
        while (true) {
            Poll<A> item = source.poll(task);
            if (item.isPending()) {
                return Poll.pending();
            }
            if (item.isEnd()) {
                return Poll.end();
            }
            Optional<B> kept = function.apply(item.value());
            if (kept.isPresent()) {
                return Poll.ready(kept.get());
            }
            if (!task.spend(1)) {
                return Poll.pending();
            }
        }
    }
}
