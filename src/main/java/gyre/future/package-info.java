/**
 * Futures, streams and sinks: work that is driven by being polled. No I/O, no threads, no clock.
 *
 * <h2>The contract</h2>
 *
 * <ol>
 *   <li><b>Lazy.</b> Nothing happens before the first poll. Whoever owns a future polls it to its end or cancels it.
 *   <li><b>poll</b> goes as far as it can without waiting and answers <i>ready</i> with the value, <i>pending</i>, or (streams
 *       only) <i>the end</i>. Not being ready is a value, never an exception.
 *   <li><b>Pending is a promise</b>: the task that was handed in has been kept where the event that is waited for will find
 *       it, and will be woken. Only the task of the latest poll counts. A poll may come without a wake and must bear it.
 *   <li><b>A future fails by throwing</b> from {@code poll}. An {@link java.lang.Exception} is a failure that {@code recover},
 *       {@code orElse}, {@code mapError} and {@code then} are offered; an {@link java.lang.Error} is a mistake or worse, and
 *       only {@code onEnd}, {@code outcome} and {@code Futures.using} learn of it.
 *   <li><b>A throw from a stream's poll is the failure of one item</b>; the stream may be polled again.
 *   <li><b>Done is done.</b> To poll a future that has given its value, failed or been cancelled is an
 *       {@link java.lang.IllegalStateException}; {@code fuse} makes it harmless. After its end, a stream answers what it likes.
 *   <li><b>cancel</b> comes at most once, on the thread that polls, instead of another poll. It is passed down to everything
 *       that is not done. It releases what the future holds; each future says what is lost by it.
 *   <li><b>Ownership.</b> A future owns the futures and streams that it is made of, and borrows everything else: sinks,
 *       sockets, buffers. It closes only what it made itself; {@link gyre.future.Futures#using} closes what it is given.
 *   <li><b>Early release.</b> What is done is dropped at once, and a function before it runs.
 *   <li><b>The budget.</b> A loop over things that are ready charges {@link gyre.future.Task#spend} for each and answers
 *       pending when told so. Someone who makes a task of their own passes {@code spend} on to the task that they were given.
 *   <li><b>Threads.</b> Everything is confined to one thread at a time, but for {@link gyre.future.Task#wake}. A future may
 *       be made on one thread and handed to another one.
 * </ol>
 *
 * <h2>Words for memory order</h2>
 *
 * The comments at shared fields use {@link java.lang.invoke.VarHandle}'s own: {@code getAcquire} sees all that was written
 * before the {@code setRelease} whose value it reads; {@code getAndSet}, {@code getVolatile} and {@code setVolatile} do both,
 * and are in one order for all threads; {@code setOpaque} is only whole; <i>plain</i> is ordered by nothing.
 */
@NullMarked
package gyre.future;

import org.jspecify.annotations.NullMarked;
