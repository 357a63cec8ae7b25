package gyre.future;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where streams come from. */
public final class Streams {
    private Streams() {}

    /** A stream that has ended. */
    public static <T extends @Nullable Object> Stream<T> empty() {
        return task -> Poll.end();
    }

    /** A stream of these items, always ready. Cancel: the rest is dropped. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> Stream<T> of(T... items) {
        return from(Arrays.asList(items));
    }

    /**
     * A stream of what an iterable gives, always ready; its iterator is asked for at the first poll. Cancel: the rest is
     * dropped.
     */
    public static <T extends @Nullable Object> Stream<T> from(Iterable<? extends T> items) {
        return new FromIterable<>(Objects.requireNonNull(items));
    }

    /** A stream that gives the same item for ever, always ready. Cancel: nothing. */
    public static <T extends @Nullable Object> Stream<T> repeat(T item) {
        Poll<T> answer = Poll.ready(item);
        return task -> answer;
    }

    /** A stream of a function that answers each poll. Cancel: nothing; to release something, write a class. */
    public static <T extends @Nullable Object> Stream<T> pollFn(ThrowingFunction<? super Task, Poll<T>> function) {
        return function::apply;
    }

    /**
     * A stream that goes from state to state: each round runs the future that the function makes of the state, which gives an
     * item and the next state. It ends when the function gives null, and after the first failure.
     *
     * <p>Cancel: cancels the round that is running.
     */
    public static <S extends @Nullable Object, T extends @Nullable Object> Stream<T> unfold(
            S seed, ThrowingFunction<? super S, ? extends @Nullable Future<Unfolded<T, S>>> function) {
        return new Unfold<>(seed, Objects.requireNonNull(function));
    }
}
