package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#recover}, and {@link Stream#mapError}, whose function throws. */
final class StreamRecover<T extends @Nullable Object> extends StreamStep<T, T> {
    private final ThrowingFunction<? super Exception, ? extends T> function;

    StreamRecover(Stream<T> source, ThrowingFunction<? super Exception, ? extends T> function) {
        super(source);
        this.function = function;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Exception error;
        try {
            return source.poll(task);
        } catch (Exception e) {
            error = e;
        }
        return Poll.ready(function.apply(error));
    }
}
