package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * Gives a value and may throw any exception.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface ThrowingSupplier<T extends @Nullable Object> {
    /**
     * Gives the value.
     *
     * @throws Exception whatever the supplier throws
     */
    T get() throws Exception;
}
