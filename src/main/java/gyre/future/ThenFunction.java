package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A function of what a future or a stream gave: a value or an exception. It may throw any exception.
 *
 * @param <T> the type of the value
 * @param <R> what it gives
 */
@FunctionalInterface
public interface ThenFunction<T extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Applies the function.
     *
     * @param value the value; null if there is an exception, or if that is the value
     * @param error the exception; null if there is a value
     * @throws Exception whatever the function throws
     */
    R apply(@Nullable T value, @Nullable Exception error) throws Exception;
}
