package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * Somewhere to put items, that may be full for a while.
 *
 * <p>An item is first taken ({@link #startSend}) and later delivered ({@link #pollFlush}). A sink is not a queue: it takes
 * only what it has room for and otherwise leaves the item with the caller, so a slow receiver slows its sender down.
 *
 * <p>Used by one task at a time, on the loop. What it throws usually means that it is broken for good.
 *
 * @param <T> the type of the items
 */
public interface Sink<T extends @Nullable Object> {
    /**
     * Takes an item if there is room. Does not flush it, but a full sink has tried to make room before it says so.
     *
     * @return whether the item was taken; if not, the task is kept, and the caller has the item still
     * @throws Exception if the item can't be taken at all; it is lost then
     */
    boolean startSend(Task task, T item) throws Exception;

    /**
     * Delivers what was taken.
     *
     * @return ready when nothing is left to deliver
     * @throws Exception if it can't be delivered
     */
    Poll<Void> pollFlush(Task task) throws Exception;

    /**
     * Delivers what was taken and then says that no more will come. From the first call on, only this may be called, until
     * it is ready. Unless a sink says otherwise it is the same as a flush.
     *
     * @return ready when it is closed
     * @throws Exception if it can't be closed in order
     */
    default Poll<Void> pollClose(Task task) throws Exception {
        return pollFlush(task);
    }

    /** Gives up, instead of another call. What was taken and not flushed may be lost. */
    default void cancel() {}

    /**
     * A future that puts one item in and flushes. The sink is borrowed: it is not cancelled with the future, and can be used
     * again after it.
     *
     * <p>Cancel: drops the item if it has not been taken yet; otherwise it may still be delivered by a later flush.
     */
    default Future<Void> send(T item) {
        return new Send<>(this, item);
    }

    /**
     * A future that delivers what was taken. The sink is borrowed.
     *
     * <p>Cancel: nothing is lost; a later flush goes on.
     */
    default Future<Void> flush() {
        return new PollFn<>(this::pollFlush);
    }

    /**
     * A future that puts all items of a stream in, flushes whenever the stream has none ready, and is done when everything
     * is flushed. The sink is borrowed and stays open; the stream belongs to the future. Charges the task's budget for each
     * item. If the stream or the sink fails, the future fails and the stream is cancelled; what was taken is not flushed.
     *
     * <p>Cancel: cancels the stream; an item that was asked for but found the sink full is lost.
     */
    default Future<Void> sendAll(Stream<? extends T> items) {
        return new Forward<>(items, this, false);
    }

    /**
     * A sink that turns each item into what this one takes, through a future, one at a time.
     *
     * <p>Cancel: cancels the running future, whose item is lost, and this sink.
     */
    default <U extends @Nullable Object> Sink<U> with(
            ThrowingFunction<? super U, ? extends Future<? extends T>> function) {
        return new With<>(this, function);
    }

    /**
     * A sink that turns each item into any number of those that this one takes, through a stream, one stream at a time. A
     * failure of the stream is thrown by whichever call meets it; the rest of that stream comes with the next call.
     *
     * <p>Cancel: cancels the running stream, whose items are lost, and this sink.
     */
    default <U extends @Nullable Object> Sink<U> withFlatMap(
            ThrowingFunction<? super U, ? extends Stream<? extends T>> function) {
        return new WithFlatMap<>(this, function);
    }

    /**
     * Replaces what this sink throws (a {@link Duplex} may throw as a stream too) by the exception that the function returns or throws. An {@link Error} is not offered
     * but passed on.
     *
     * <p>Cancel: cancels this sink.
     */
    default Sink<T> mapSinkError(ThrowingFunction<? super Exception, ? extends Exception> function) {
        return new SinkMapError<>(this, function);
    }

    /**
     * This sink with a queue of so many items in front, that takes items while the sink is full. With 0 it is this sink.
     *
     * <p>Cancel: cancels this sink; what is in the queue is lost.
     */
    default Sink<T> buffer(int capacity) {
        return capacity == 0 ? this : new SinkBuffer<>(this, capacity);
    }

    /**
     * A sink that puts each item into this one and another one. It has room when both have; if one is full, the item
     * waits for that one only.
     *
     * <p>Cancel: cancels both.
     */
    default Sink<T> fanout(Sink<? super T> other) {
        return new Fanout<>(this, other);
    }
}
