package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#recover}. */
final class Recover<T extends @Nullable Object> extends Step<ThrowingFunction<? super Exception, ? extends T>, T, T> {
    Recover(Future<T> source, ThrowingFunction<? super Exception, ? extends T> function) {
        super(source, function);
    }

    @Override
    @Nullable Object onValue(ThrowingFunction<? super Exception, ? extends T> function, T value, Step<?, ?, ?> root) {
        return value;
    }

    @Override
    @Nullable Object onError(ThrowingFunction<? super Exception, ? extends T> function, Throwable error, Step<?, ?, ?> root)
            throws Exception {
        return function.apply(Cancel.rethrow(error));
    }
}
