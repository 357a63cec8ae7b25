package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A computation that is driven by being polled.
 *
 * @param <T> the type of the value
 */
public interface Future<T extends @Nullable Object> {
    /** Goes as far as it can without waiting. */
    Poll<T> poll(Task task) throws Exception;

    /** Gives up, instead of another poll. */
    default void cancel() {}
}
