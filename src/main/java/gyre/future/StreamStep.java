package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream made of another one, which it owns: cancelling it cancels that one. */
abstract class StreamStep<A extends @Nullable Object, B extends @Nullable Object> implements Stream<B> {
    final Stream<A> source;

    StreamStep(Stream<A> source) {
        this.source = Objects.requireNonNull(source);
    }

    @Override
    public void cancel() {
        source.cancel();
    }
}
