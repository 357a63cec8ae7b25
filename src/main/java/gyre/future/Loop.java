package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * What a round of {@link Futures#loopFn} decides: again with a new state, or done with a value.
 *
 * @param <S> the type of the state
 * @param <T> the type of the value
 */
public sealed interface Loop<S extends @Nullable Object, T extends @Nullable Object> {
    /** Another round. */
    static <S extends @Nullable Object, T extends @Nullable Object> Loop<S, T> again(S state) {
        return new Again<>(state);
    }

    /** The last round is over. */
    static <S extends @Nullable Object, T extends @Nullable Object> Loop<S, T> done(T value) {
        return new Done<>(value);
    }

    /**
     * Another round.
     *
     * @param state what it starts with
     * @param <S> the type of the state
     * @param <T> the type of the value
     */
    record Again<S extends @Nullable Object, T extends @Nullable Object>(S state) implements Loop<S, T> {}

    /**
     * The last round is over.
     *
     * @param value what the loop gives
     * @param <S> the type of the state
     * @param <T> the type of the value
     */
    record Done<S extends @Nullable Object, T extends @Nullable Object>(T value) implements Loop<S, T> {}
}
