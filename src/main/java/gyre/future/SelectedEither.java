package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#selectEither} gives: which of two futures was faster, its value, and the other one. That one is
 * alive; whoever takes this record polls it or cancels it.
 *
 * @param <A> the type of the first future
 * @param <B> the type of the second one
 */
public sealed interface SelectedEither<A extends @Nullable Object, B extends @Nullable Object> {
    /**
     * Goes on with whichever it is.
     *
     * @throws Exception whatever the function throws
     */
    default <R extends @Nullable Object> R match(
            ThrowingBiFunction<? super A, ? super Future<B>, ? extends R> first,
            ThrowingBiFunction<? super B, ? super Future<A>, ? extends R> second)
            throws Exception {
        if (this instanceof First<A, B> a) {
            return first.apply(a.value(), a.rest());
        }
        Second<A, B> b = (Second<A, B>) this;
        return second.apply(b.value(), b.rest());
    }

    /**
     * The first future was faster.
     *
     * @param value what it gave
     * @param rest the second future
     * @param <A> the type of the first future
     * @param <B> the type of the second one
     */
    record First<A extends @Nullable Object, B extends @Nullable Object>(A value, Future<B> rest)
            implements SelectedEither<A, B> {}

    /**
     * The second future was faster.
     *
     * @param value what it gave
     * @param rest the first future
     * @param <A> the type of the first future
     * @param <B> the type of the second one
     */
    record Second<A extends @Nullable Object, B extends @Nullable Object>(B value, Future<A> rest)
            implements SelectedEither<A, B> {}
}
