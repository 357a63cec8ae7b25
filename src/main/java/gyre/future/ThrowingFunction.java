package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A function that may throw any exception.
 *
 * @param <T> what it takes
 * @param <R> what it gives
 */
@FunctionalInterface
public interface ThrowingFunction<T extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Applies the function.
     *
     * @throws Exception whatever the function throws
     */
    R apply(T value) throws Exception;
}
