package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#then}. */
final class Then<A extends @Nullable Object, B extends @Nullable Object>
        extends Step<ThenFunction<? super A, ? extends Future<? extends B>>, A, B> {
    Then(Future<A> source, ThenFunction<? super A, ? extends Future<? extends B>> function) {
        super(source, function);
    }

    @Override
    @Nullable Object onValue(ThenFunction<? super A, ? extends Future<? extends B>> function, A value, Step<?, ?, ?> root)
            throws Exception {
        return root.follow(function.apply(value, null));
    }

    @Override
    @Nullable Object onError(ThenFunction<? super A, ? extends Future<? extends B>> function, Throwable error, Step<?, ?, ?> root)
            throws Exception {
        return root.follow(function.apply(null, Cancel.rethrow(error)));
    }
}
