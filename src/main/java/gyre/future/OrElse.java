package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#orElse}. */
final class OrElse<T extends @Nullable Object>
        extends Step<ThrowingFunction<? super Exception, ? extends Future<? extends T>>, T, T> {
    OrElse(Future<T> source, ThrowingFunction<? super Exception, ? extends Future<? extends T>> function) {
        super(source, function);
    }

    @Override
    @Nullable Object onValue(
            ThrowingFunction<? super Exception, ? extends Future<? extends T>> function, T value, Step<?, ?, ?> root) {
        return value;
    }

    @Override
    @Nullable Object onError(
            ThrowingFunction<? super Exception, ? extends Future<? extends T>> function,
            Throwable error,
            Step<?, ?, ?> root)
            throws Exception {
        return root.follow(function.apply(Cancel.rethrow(error)));
    }
}
