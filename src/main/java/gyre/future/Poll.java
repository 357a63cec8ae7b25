package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * The answer of a poll: pending, ready with a value, or (of streams only) the end. Failure is not an answer but an
 * exception.
 *
 * @param <T> the type of the value
 */
public final class Poll<T extends @Nullable Object> {
    private static final Poll<?> PENDING = new Poll<>(null);
    private static final Poll<?> END = new Poll<>(null);
    private static final Poll<?> READY_NULL = new Poll<>(null);

    private final T value;

    @SuppressWarnings("NullAway") // null is a value where T allows it
    private Poll(@Nullable T value) {
        this.value = value;
    }

    /** Not ready: the task has been kept and will be woken. The same object each time. */
    @SuppressWarnings("unchecked")
    public static <T extends @Nullable Object> Poll<T> pending() {
        return (Poll<T>) PENDING;
    }

    /** A stream has no more items. The same object each time. */
    @SuppressWarnings("unchecked")
    public static <T extends @Nullable Object> Poll<T> end() {
        return (Poll<T>) END;
    }

    /** Done, or an item. {@code null} is a value like others (the usual one of a {@code Future<Void>}) and costs no allocation. */
    @SuppressWarnings("unchecked")
    public static <T extends @Nullable Object> Poll<T> ready(T value) {
        return value == null ? (Poll<T>) READY_NULL : new Poll<>(value);
    }

    /** Done, without a value. The same object each time. */
    @SuppressWarnings("unchecked")
    public static Poll<Void> done() {
        return (Poll<Void>) READY_NULL;
    }

    /** Whether there is a value. */
    public boolean isReady() {
        return this != PENDING && this != END;
    }

    /** Whether the task has to wait. */
    public boolean isPending() {
        return this == PENDING;
    }

    /** Whether the stream has ended. */
    public boolean isEnd() {
        return this == END;
    }

    /**
     * The value.
     *
     * @throws IllegalStateException if there is none
     */
    public T value() {
        if (!isReady()) {
            throw new IllegalStateException("no value: the poll is " + this);
        }
        return value;
    }

    /**
     * The same answer with the value replaced, if there is one.
     *
     * @throws Exception whatever the function throws
     */
    @SuppressWarnings("unchecked") // no value, so of any type
    public <R extends @Nullable Object> Poll<R> map(ThrowingFunction<? super T, ? extends R> function)
            throws Exception {
        return isReady() ? ready(function.apply(value)) : (Poll<R>) this;
    }

    @Override
    public String toString() {
        return this == PENDING ? "pending" : this == END ? "end" : "ready(" + value + ")";
    }
}
