package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A function of five values that may throw any exception.
 *
 * @param <A> what it takes first
 * @param <B> what it takes second
 * @param <C> what it takes third
 * @param <D> what it takes fourth
 * @param <E> what it takes fifth
 * @param <R> what it gives
 */
@FunctionalInterface
public interface ThrowingFunction5<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        E extends @Nullable Object,
        R extends @Nullable Object> {
    /**
     * Applies the function.
     *
     * @throws Exception whatever the function throws
     */
    R apply(A first, B second, C third, D fourth, E fifth) throws Exception;
}
