package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#map}. */
final class Map<A extends @Nullable Object, B extends @Nullable Object>
        extends Step<ThrowingFunction<? super A, ? extends B>, A, B> {
    Map(Future<A> source, ThrowingFunction<? super A, ? extends B> function) {
        super(source, function);
    }

    @Override
    @Nullable Object onValue(ThrowingFunction<? super A, ? extends B> function, A value, Step<?, ?, ?> root) throws Exception {
        return function.apply(value);
    }
}
