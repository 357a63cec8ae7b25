package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A function of three values that may throw any exception.
 *
 * @param <A> what it takes first
 * @param <B> what it takes second
 * @param <C> what it takes third
 * @param <R> what it gives
 */
@FunctionalInterface
public interface ThrowingFunction3<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        R extends @Nullable Object> {
    /**
     * Applies the function.
     *
     * @throws Exception whatever the function throws
     */
    R apply(A first, B second, C third) throws Exception;
}
