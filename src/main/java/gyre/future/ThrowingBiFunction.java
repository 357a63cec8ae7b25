package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A function of two values that may throw any exception.
 *
 * @param <A> what it takes first
 * @param <B> what it takes second
 * @param <R> what it gives
 */
@FunctionalInterface
public interface ThrowingBiFunction<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Applies the function.
     *
     * @throws Exception whatever the function throws
     */
    R apply(A first, B second) throws Exception;
}
