package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#onEnd}. */
final class OnEnd<T extends @Nullable Object> extends Step<ThrowingConsumer<? super Outcome<T>>, T, T> {
    OnEnd(Future<T> source, ThrowingConsumer<? super Outcome<T>> function) {
        super(source, function);
    }

    @Override
    @Nullable Object onValue(ThrowingConsumer<? super Outcome<T>> function, T value, Step<?, ?, ?> root) throws Exception {
        function.accept(Outcome.success(value));
        return value;
    }

    @Override
    @Nullable Object onError(ThrowingConsumer<? super Outcome<T>> function, Throwable error, Step<?, ?, ?> root)
            throws Exception {
        Cancel.also(error, () -> function.accept(Outcome.failure(error)));
        throw Cancel.rethrow(error);
    }

    @Override
    void onCancel(ThrowingConsumer<? super Outcome<T>> function) throws Exception {
        function.accept(Outcome.cancelled());
    }
}
