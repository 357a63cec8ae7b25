package gyre.future;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Flow;
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

    /**
     * A stream of what a publisher sends. It is subscribed to at the first poll, asked for this many items then, and for more
     * whenever half of them have been taken; so at most this many wait here. Its signals may come from any thread. Its failure
     * is the last item. A publisher that sends more than it was asked for fails the stream with {@link IllegalStateException}.
     *
     * <p>Cancel: cancels the subscription; items that wait here are lost, not closed.
     *
     * @throws IllegalArgumentException if the demand is less than 1
     */
    public static <T> Stream<T> from(Flow.Publisher<? extends T> publisher, int demand) {
        return new FromPublisher<T>(publisher, demand);
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
     * The stream that a future gives. If the future fails, that is the only item.
     *
     * <p>Cancel: cancels the future, or the stream if it is there.
     */
    public static <T extends @Nullable Object> Stream<T> flatten(Future<? extends Stream<? extends T>> future) {
        return new FlattenStream<>(Objects.requireNonNull(future));
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
