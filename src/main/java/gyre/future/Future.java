package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A computation that is driven by being polled: nothing happens before the first poll, and nothing between two polls. The
 * contract of {@code poll}, {@code cancel} and the task is on the page of {@linkplain gyre.future the package}.
 *
 * <p>The methods below make a larger future of this one, which then belongs to it: only the larger one is polled and
 * cancelled. {@code map}, {@code andThen}, {@code then}, {@code recover}, {@code orElse}, {@code mapError}, {@code onEnd},
 * {@code outcome} and {@link Futures#lazy} form chains that are driven by a loop: neither a chain of any length nor one
 * that goes on recursively in its functions uses more stack or costs more to poll. The others (join, select, fuse, streams)
 * poll what they are made of by nested calls: 500 of them inside each other fit into a default stack (1 MiB), 1,000 may not.
 *
 * <p>Functions given to a future run on the thread that polls, at most once, and are dropped before they run. What they
 * throw is the failure of the future.
 *
 * @param <T> the type of the value
 */
public interface Future<T extends @Nullable Object> {
    /**
     * Goes as far as it can without waiting.
     *
     * @param task woken when another poll is worth while, if the answer is pending
     * @return ready with the value, or pending; never the end
     * @throws Exception if the computation has failed; it is done then
     * @throws IllegalStateException if it was done or cancelled before
     */
    Poll<T> poll(Task task) throws Exception;

    /**
     * Gives up: at most once, on the thread that polls, instead of another poll. Releases what the computation holds. The
     * futures of this package do nothing if they are done, and throw what the functions that they run throw, checked
     * exceptions in a {@link java.util.concurrent.CompletionException}, after everything was cancelled.
     */
    default void cancel() {}

    /**
     * Turns the value into another one.
     *
     * <p>Cancel: cancels this future.
     */
    default <U extends @Nullable Object> Future<U> map(ThrowingFunction<? super T, ? extends U> function) {
        return new Map<>(this, function);
    }

    /**
     * Goes on with a further future, made from the value. Charges the task's budget for the change.
     *
     * <p>Cancel: cancels the one of the two that is running. A value that the first one gave is lost if it is held by the
     * second one and that one loses it.
     */
    default <U extends @Nullable Object> Future<U> andThen(
            ThrowingFunction<? super T, ? extends Future<? extends U>> function) {
        return new AndThen<>(this, function);
    }

    /**
     * Goes on with a further future, made from the value and null or from null and the exception. Look at the exception
     * first: a value may be null. An {@link Error} is not offered but passed on.
     *
     * <p>Cancel: cancels the one of the two that is running.
     */
    default <U extends @Nullable Object> Future<U> then(
            ThenFunction<? super T, ? extends Future<? extends U>> function) {
        return new Then<>(this, function);
    }

    /**
     * Turns an exception into a value. An {@link Error} is not offered but passed on.
     *
     * <p>Cancel: cancels this future.
     */
    default Future<T> recover(ThrowingFunction<? super Exception, ? extends T> function) {
        return new Recover<>(this, function);
    }

    /**
     * Goes on with a further future after an exception. An {@link Error} is not offered but passed on.
     *
     * <p>Cancel: cancels the one of the two that is running.
     */
    default Future<T> orElse(ThrowingFunction<? super Exception, ? extends Future<? extends T>> function) {
        return new OrElse<>(this, function);
    }

    /**
     * Replaces an exception by the one that the function returns or throws. An {@link Error} is not offered but passed on.
     *
     * <p>Cancel: cancels this future.
     */
    default Future<T> mapError(ThrowingFunction<? super Exception, ? extends Exception> function) {
        return new MapError<>(this, function);
    }

    /**
     * Tells how it ended: with a value, with anything thrown, or cancelled; exactly once, unless it is neither finished nor
     * cancelled. Value and failure pass through. What the consumer throws is the failure of a future that had a value, is
     * suppressed by an earlier failure, and leaves through {@code cancel}.
     *
     * <p>Cancel: cancels this future, then tells.
     */
    default Future<T> onEnd(ThrowingConsumer<? super Outcome<T>> consumer) {
        return new OnEnd<>(this, consumer);
    }

    /**
     * Turns whatever is thrown into a value too, errors included: a future that does not fail. Except for a
     * {@link VirtualMachineError} that is no {@link StackOverflowError}: that leaves nothing to rely on, and is passed on.
     *
     * <p>Cancel: cancels this future; there is no outcome then.
     */
    default Future<Outcome<T>> outcome() {
        return new CatchOutcome<>(this);
    }

    /**
     * Runs both at once and combines their values. This one is polled first, then the other, as long as they are not done;
     * the other way round after a poll that has used up the budget. If one fails, so does the whole: the other one is
     * cancelled, or its value dropped.
     *
     * <p>Cancel: cancels those that are not done; the value of one that is done is lost.
     */
    default <U extends @Nullable Object, R extends @Nullable Object> Future<R> join(
            Future<U> other, ThrowingBiFunction<? super T, ? super U, ? extends R> combine) {
        return new Join<>(this, other, combine);
    }

    /**
     * Runs both at once and gives the first value together with the slower future, alive. This one is polled first, then
     * the other; the other way round after a poll that has used up the budget. If one fails before the other has a value,
     * so does the whole, and the other is cancelled; select between two {@link #outcome()} to keep it.
     *
     * <p>Cancel: cancels both.
     */
    default Future<Selected<T>> select(Future<T> other) {
        return selectEither(other).map(faster -> faster.match(Selected::new, Selected::new));
    }

    /**
     * As {@link #select}, between futures of two types.
     *
     * <p>Cancel: cancels both.
     */
    default <U extends @Nullable Object> Future<SelectedEither<T, U>> selectEither(Future<U> other) {
        return new SelectEither<>(this, other);
    }

    /**
     * Runs both at once, gives the first value or failure, and cancels the slower future.
     *
     * <p>Cancel: cancels both.
     */
    default Future<T> race(Future<T> other) {
        return select(other).map(faster -> {
            faster.rest().cancel();
            return faster.value();
        });
    }

    /**
     * The same future, but once it is done it answers pending for ever, and never wakes.
     *
     * <p>Cancel: cancels this future, if it is not done.
     */
    default Fuse<T> fuse() {
        return new Fuse<>(this);
    }

    /**
     * Looks at the value in passing.
     *
     * <p>Cancel: cancels this future.
     */
    default Future<T> inspect(ThrowingConsumer<? super T> consumer) {
        return map(value -> {
            consumer.accept(value);
            return value;
        });
    }

    /**
     * A stream of one item, or of one failure and then the end.
     *
     * <p>Cancel: cancels this future.
     */
    default Stream<T> intoStream() {
        return new OneItem<>(this);
    }

    /**
     * The same future for several owners, each with a copy of the handle that is given.
     *
     * <p>Cancel: of the last copy cancels this future.
     */
    default Shared<T> shared() {
        return new Shared<>(this);
    }
}
