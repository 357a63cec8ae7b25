package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#mapError}. */
final class MapError<T extends @Nullable Object>
        extends Step<ThrowingFunction<? super Exception, ? extends Exception>, T, T> {
    MapError(Future<T> source, ThrowingFunction<? super Exception, ? extends Exception> function) {
        super(source, function);
    }

    @Override
    @Nullable Object onValue(ThrowingFunction<? super Exception, ? extends Exception> function, T value, Step<?, ?, ?> root) {
        return value;
    }

    @Override
    @Nullable Object onError(
            ThrowingFunction<? super Exception, ? extends Exception> function, Throwable error, Step<?, ?, ?> root)
            throws Exception {
        throw function.apply(Cancel.rethrow(error));
    }
}
