package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#intoFuture} gives: an item or the end, and the stream itself, to go on with.
 *
 * @param answer ready with the item, or the end
 * @param rest the stream
 * @param <T> the type of the items
 */
public record Next<T extends @Nullable Object>(Poll<T> answer, Stream<T> rest) {
    /** Whether the stream had ended. */
    public boolean isEnd() {
        return answer.isEnd();
    }

    /**
     * The item.
     *
     * @throws IllegalStateException if the stream had ended
     */
    public T item() {
        return answer.value();
    }
}
