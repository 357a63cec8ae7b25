package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A sequence of values that is driven by being polled.
 *
 * @param <T> the type of the items
 */
public interface Stream<T extends @Nullable Object> {
    /** The next item, if it is there. */
    Poll<T> poll(Task task) throws Exception;

    /** Gives up, instead of another poll. */
    default void cancel() {}
}
