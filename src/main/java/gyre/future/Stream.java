package gyre.future;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of values that is driven by being polled. The contract of {@code poll}, {@code cancel} and the task is on the
 * page of {@linkplain gyre.future the package}.
 *
 * <p>The methods below make a larger stream or a future of this one, which then belongs to it: only the larger one is
 * polled and cancelled. Unless a method says more, its cancel cancels this stream, and that says whether anything is lost.
 *
 * <p>A throw from {@code poll} is the failure of one item. The methods that give a stream pass it on and can be polled again;
 * those that give a future fail with it and cancel the stream. Those that go through many items in one poll charge the
 * task's budget 1 for each, so that a source which is always ready can't starve the rest of the loop.
 *
 * @param <T> the type of the items
 */
public interface Stream<T extends @Nullable Object> {
    /**
     * The next item, if it is there.
     *
     * @param task woken when another poll is worth while, if the answer is pending
     * @return ready with an item, pending, or the end; what a poll after the end gives is not said, see {@link #fuse}
     * @throws Exception if that item failed; the stream may be polled again
     */
    Poll<T> poll(Task task) throws Exception;

    /**
     * Gives up: at most once, on the thread that polls, instead of another poll. Releases what the stream holds. The streams
     * of this package do nothing if they have ended.
     */
    default void cancel() {}

    /** Turns each item into another one; a throw of the function is the failure of that item. */
    default <U extends @Nullable Object> Stream<U> map(ThrowingFunction<? super T, ? extends U> function) {
        return new StreamMap<>(this, function);
    }

    /** Keeps the items that pass. */
    default Stream<T> filter(ThrowingPredicate<? super T> predicate) {
        return new StreamFilter<>(this, predicate);
    }

    /** Turns each item into another one or drops it. */
    default <U> Stream<U> filterMap(ThrowingFunction<? super T, Optional<U>> function) {
        return new StreamFilterMap<>(this, function);
    }

    /** Looks at each item in passing. */
    default Stream<T> inspect(ThrowingConsumer<? super T> consumer) {
        return map(item -> {
            consumer.accept(item);
            return item;
        });
    }

    /** Looks at each failure in passing; an {@link Error} is not shown. */
    default Stream<T> inspectError(ThrowingConsumer<? super Exception> consumer) {
        return mapError(error -> {
            consumer.accept(error);
            return error;
        });
    }

    /**
     * Turns each item into what a future made from it gives, one at a time: the next item is asked for when that future is
     * done.
     *
     * <p>Cancel: cancels the running future, whose item is lost, then this stream.
     */
    default <U extends @Nullable Object> Stream<U> andThen(
            ThrowingFunction<? super T, ? extends Future<? extends U>> function) {
        return new StreamThen<T, U>(this, (item, error) -> {
            if (error != null) {
                throw error;
            }
            @SuppressWarnings("NullAway") // an item, as there is no error
            Future<? extends U> future = function.apply(item);
            return future;
        });
    }

    /**
     * As {@link #andThen}, but the function is also given failures: the item and null, or null and the exception. Look at the
     * exception first: an item may be null.
     *
     * <p>Cancel: cancels the running future, whose item is lost, then this stream.
     */
    default <U extends @Nullable Object> Stream<U> then(
            ThenFunction<? super T, ? extends Future<? extends U>> function) {
        return new StreamThen<>(this, function);
    }

    /**
     * Puts what a future gives in the place of an item that failed.
     *
     * <p>Cancel: cancels the running future, then this stream.
     */
    default Stream<T> orElse(ThrowingFunction<? super Exception, ? extends Future<? extends T>> function) {
        return new StreamThen<T, T>(this, (item, error) -> {
            if (error != null) {
                return function.apply(error);
            }
            @SuppressWarnings("NullAway") // an item, as there is no error
            Future<T> same = Futures.ready(item);
            return same;
        });
    }

    /** Puts a value in the place of an item that failed. */
    default Stream<T> recover(ThrowingFunction<? super Exception, ? extends T> function) {
        return new StreamRecover<>(this, function);
    }

    /** Replaces the exception of an item that failed by the one that the function returns or throws. */
    default Stream<T> mapError(ThrowingFunction<? super Exception, ? extends Exception> function) {
        return new StreamRecover<>(this, error -> {
            throw function.apply(error);
        });
    }

    /**
     * Turns failures into items too, errors included: a stream that does not fail. It goes on after an exception; an
     * {@link Error} is the last item, and this stream cancelled. A {@link VirtualMachineError} that is no
     * {@link StackOverflowError} is passed on. {@code map(Outcome::get)} is the way back.
     */
    default Stream<Outcome<T>> outcomes() {
        return new StreamOutcomes<>(this);
    }

    /**
     * The first so many items. With the last of them this stream is cancelled and no more polled. Failures pass through and
     * do not count.
     *
     * @throws IllegalArgumentException if the count is negative
     */
    default Stream<T> take(long count) {
        return new Take<>(this, count);
    }

    /** The items before the first one that does not pass; that one is lost, and this stream cancelled. */
    default Stream<T> takeWhile(ThrowingPredicate<? super T> predicate) {
        return new TakeWhile<>(this, predicate);
    }

    /**
     * As {@link #takeWhile}, asking a future about each item, one at a time. If that fails, the item is lost.
     *
     * <p>Cancel: cancels the running future, whose item is lost, then this stream.
     */
    default Stream<T> takeWhileAwait(ThrowingFunction<? super T, ? extends Future<Boolean>> predicate) {
        return this.<Poll<T>>andThen(
                        item -> predicate.apply(item).map(passes -> passes ? Poll.ready(item) : Poll.end()))
                .takeWhile(Poll::isReady)
                .map(Poll::value);
    }

    /**
     * The items after the first so many. Failures pass through and do not count.
     *
     * @throws IllegalArgumentException if the count is negative
     */
    default Stream<T> skip(long count) {
        return new Skip<>(this, count);
    }

    /** The items from the first one on that does not pass. */
    default Stream<T> skipWhile(ThrowingPredicate<? super T> predicate) {
        return new SkipWhile<>(this, predicate);
    }

    /**
     * As {@link #skipWhile}, asking a future about each item, one at a time, until one does not pass. If that fails, the item
     * is lost.
     *
     * <p>Cancel: cancels the running future, whose item is lost, then this stream.
     */
    default Stream<T> skipWhileAwait(ThrowingFunction<? super T, ? extends Future<Boolean>> predicate) {
        return new SkipWhileAwait<>(this, predicate);
    }

    /**
     * The items of this stream, then those of another one.
     *
     * <p>Cancel: cancels those that have not ended.
     */
    default Stream<T> chain(Stream<T> other) {
        return new Chain<>(this, other);
    }

    /**
     * Combines each item with one of another stream. When one of them ends, the other is cancelled, and an item that waits
     * for its partner is lost.
     *
     * <p>Cancel: cancels both; an item that waits for its partner is lost.
     */
    default <U extends @Nullable Object, R extends @Nullable Object> Stream<R> zip(
            Stream<U> other, ThrowingBiFunction<? super T, ? super U, ? extends R> combine) {
        return new Zip<>(this, other, combine);
    }

    /**
     * The items of both as they come. The one that did not give the last item is asked first, so neither can keep the other
     * out. Ends when both have.
     *
     * <p>Cancel: cancels those that have not ended.
     */
    default Stream<T> select(Stream<T> other) {
        return new StreamSelect<>(this, other);
    }

    /**
     * The items of a stream made from each item, one such stream after the other.
     *
     * <p>Cancel: cancels the inner stream, then this one.
     */
    default <U extends @Nullable Object> Stream<U> flatMap(
            ThrowingFunction<? super T, ? extends Stream<? extends U>> function) {
        return new FlatMap<>(this, function);
    }

    /**
     * Lists of so many items; the last may be shorter. A failure comes after the items that were before it, in a shorter list.
     *
     * <p>Cancel: items of a list that is not full are lost.
     *
     * @throws IllegalArgumentException if the size is less than 1
     */
    default Stream<List<T>> chunks(int size) {
        return new Chunks<>(this, size);
    }

    /** The same stream, whose next item can be looked at before it is taken. */
    default Peekable<T> peekable() {
        return new Peekable<>(this);
    }

    /** The same stream, but once it has ended it answers so for ever. */
    default Stream<T> fuse() {
        return new StreamFuse<>(this);
    }

    /**
     * Runs a future for each item, up to so many at once, and gives what they give in the order of the items; failures too
     * wait for their turn. A poll runs only the futures that were woken.
     *
     * <p>Cancel: cancels this stream and all the futures; what they gave already is lost.
     *
     * @throws IllegalArgumentException if the limit is less than 1
     */
    default <U extends @Nullable Object> Stream<U> buffered(
            int limit, ThrowingFunction<? super T, ? extends Future<U>> function) {
        return new Buffered<>(this, limit, true, function);
    }

    /**
     * As {@link #buffered}, but gives what is done first first.
     *
     * <p>Cancel: cancels this stream and all the futures.
     *
     * @throws IllegalArgumentException if the limit is less than 1
     */
    default <U extends @Nullable Object> Stream<U> bufferUnordered(
            int limit, ThrowingFunction<? super T, ? extends Future<U>> function) {
        return new Buffered<>(this, limit, false, function);
    }

    /**
     * Hands each item to a consumer, which does not wait, until the end. If the consumer throws, the future fails with that.
     */
    default Future<Void> forEach(ThrowingConsumer<? super T> consumer) {
        return new ForEach<>(this, consumer);
    }

    /**
     * Runs a future for each item, one at a time: the next item is asked for when that future is done. For more at once see
     * {@link #bufferUnordered}.
     *
     * <p>Cancel: cancels the running future, whose item is lost, then this stream.
     */
    default Future<Void> forEachAwait(ThrowingFunction<? super T, ? extends Future<?>> function) {
        return foldAwait(Poll.done(), (done, item) -> function.apply(item).map(ignored -> done))
                .map(Poll::value);
    }

    /**
     * Goes from a seed through all items to one value, and fails with the first failure.
     *
     * <p>Cancel: what there is so far is lost.
     */
    default <A extends @Nullable Object> Future<A> fold(
            A seed, ThrowingBiFunction<? super A, ? super T, ? extends A> function) {
        return new Fold<>(this, seed, function);
    }

    /**
     * As {@link #fold}, through a future for each item, one at a time.
     *
     * <p>Cancel: cancels the running future, then this stream; what there is so far is lost.
     */
    default <A extends @Nullable Object> Future<A> foldAwait(
            A seed, ThrowingBiFunction<? super A, ? super T, ? extends Future<? extends A>> function) {
        return new FoldAwait<>(this, seed, function);
    }

    /**
     * All items in a list, without a bound: {@link #take} sets one. A failure loses the items before it.
     *
     * <p>Cancel: what there is so far is lost.
     */
    default Future<List<T>> collect() {
        return fold(new ArrayList<T>(), (list, item) -> {
                    list.add(item);
                    return list;
                })
                .map(list -> list);
    }

    /**
     * All items, gathered by one of the JDK's collectors: {@code collect(Collectors.joining())}. A failure loses the items
     * before it.
     *
     * <p>Cancel: what there is so far is lost.
     */
    default <A extends @Nullable Object, R extends @Nullable Object> Future<R> collect(
            Collector<? super T, A, R> collector) {
        return fold(collector.supplier().get(), (gathered, item) -> {
                    collector.accumulator().accept(gathered, item);
                    return gathered;
                })
                .map(collector.finisher()::apply);
    }

    /**
     * The next item or the end, and the stream to go on with. If that item fails, so does the future; the stream is not
     * cancelled then and may be polled again.
     */
    default Future<Next<T>> intoFuture() {
        return new IntoFuture<>(this);
    }

    /**
     * A future that puts all items into a sink, flushes whenever none is ready, closes the sink at the end, and is done when
     * it is closed. The sink is borrowed until then. If the stream or the sink fails, the future fails and the stream is
     * cancelled; what the sink has taken is not flushed. {@link Sink#sendAll} leaves the sink open.
     *
     * <p>Cancel: cancels this stream; an item that found the sink full is lost.
     */
    default Future<Void> forward(Sink<? super T> sink) {
        return new Forward<>(this, sink, true);
    }
}
