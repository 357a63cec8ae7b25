package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#andThen}. */
final class AndThen<A extends @Nullable Object, B extends @Nullable Object>
        extends Step<ThrowingFunction<? super A, ? extends Future<? extends B>>, A, B> {
    AndThen(Future<A> source, ThrowingFunction<? super A, ? extends Future<? extends B>> function) {
        super(source, function);
    }

    @Override
    @Nullable Object onValue(ThrowingFunction<? super A, ? extends Future<? extends B>> function, A value, Step<?, ?, ?> root)
            throws Exception {
        return root.follow(function.apply(value));
    }
}
