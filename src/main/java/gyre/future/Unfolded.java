package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * What a round of {@link Streams#unfold} gives.
 *
 * @param item the stream's next item
 * @param state what the round after this one starts with
 * @param <T> the type of the items
 * @param <S> the type of the state
 */
public record Unfolded<T extends @Nullable Object, S extends @Nullable Object>(T item, S state) {}
