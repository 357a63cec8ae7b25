package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * Takes a value and may throw any exception.
 *
 * @param <T> what it takes
 */
@FunctionalInterface
public interface ThrowingConsumer<T extends @Nullable Object> {
    /**
     * Takes the value.
     *
     * @throws Exception whatever the consumer throws
     */
    void accept(T value) throws Exception;
}
