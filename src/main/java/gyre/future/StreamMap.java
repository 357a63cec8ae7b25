package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#map}. */
final class StreamMap<A extends @Nullable Object, B extends @Nullable Object> extends StreamStep<A, B> {
    private final ThrowingFunction<? super A, ? extends B> function;

    StreamMap(Stream<A> source, ThrowingFunction<? super A, ? extends B> function) {
        super(source);
        this.function = function;
    }

    @Override
    public Poll<B> poll(Task task) throws Exception {
        return source.poll(task).map(function);
    }
}
