package gyre.future;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How a future ended: with a value, with an error, or cancelled before either. Immutable.
 *
 * @param <T> the type of the value
 */
public sealed interface Outcome<T extends @Nullable Object> {
    /** It gave this value. */
    static <T extends @Nullable Object> Outcome<T> success(T value) {
        return new Success<>(value);
    }

    /** It threw this. */
    static <T extends @Nullable Object> Outcome<T> failure(Throwable error) {
        return new Failure<>(error);
    }

    /** It was cancelled. The same object each time. */
    @SuppressWarnings("unchecked")
    static <T extends @Nullable Object> Outcome<T> cancelled() {
        return (Outcome<T>) Cancelled.INSTANCE;
    }

    /** Whether there is a value. */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /** Whether there is an error. */
    default boolean isFailure() {
        return this instanceof Failure;
    }

    /** Whether there is neither. */
    default boolean isCancelled() {
        return this instanceof Cancelled;
    }

    /**
     * The value.
     *
     * @throws IllegalStateException if there is none; its cause is the error, if there is one
     */
    default T value() {
        throw new IllegalStateException("no value: cancelled");
    }

    /**
     * The value, or what was thrown instead of it.
     *
     * @throws CancellationException if it was cancelled
     * @throws Exception the error
     */
    default T get() throws Exception {
        if (this instanceof Failure<T> failure) {
            throw Cancel.rethrow(failure.error());
        }
        if (isCancelled()) {
            throw new CancellationException("cancelled");
        }
        return value();
    }

    /**
     * The error.
     *
     * @throws IllegalStateException if there is none
     */
    default Throwable error() {
        throw new IllegalStateException("no error: " + this);
    }

    /**
     * A value.
     *
     * @param value what the future gave
     * @param <T> its type
     */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /**
     * An error.
     *
     * @param error what the future threw
     * @param <T> the type of the value that there would have been
     */
    record Failure<T extends @Nullable Object>(Throwable error) implements Outcome<T> {
        @Override
        public T value() {
            throw new IllegalStateException("no value: " + error, error);
        }
    }

    /**
     * Neither.
     *
     * @param <T> the type of the value that there would have been
     */
    record Cancelled<T extends @Nullable Object>() implements Outcome<T> {
        private static final Cancelled<?> INSTANCE = new Cancelled<>();
    }
}
