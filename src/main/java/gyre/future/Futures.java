package gyre.future;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where futures come from, and futures made of several. Nothing runs before the first poll. */
public final class Futures {
    private Futures() {}

    /** A future that has this value. Cancel: drops the value without closing it. */
    public static <T extends @Nullable Object> Future<T> ready(T value) {
        return new Ready<>(Poll.ready(value), null);
    }

    /** A future that is done, without a value. Cancel: nothing. */
    public static Future<Void> done() {
        return new Ready<>(Poll.done(), null);
    }

    /** A future that fails with this exception. Cancel: nothing. */
    public static <T extends @Nullable Object> Future<T> failed(Exception error) {
        return new Ready<>(null, Objects.requireNonNull(error));
    }

    /** A future that is never done and wakes nobody. Cancel: nothing. */
    public static <T extends @Nullable Object> Future<T> never() {
        return task -> Poll.pending();
    }

    /**
     * A future that is made at the first poll. Cancel: before that poll the supplier is dropped, not run; later the future
     * that it gave is cancelled.
     */
    public static <T extends @Nullable Object> Future<T> lazy(
            ThrowingSupplier<? extends Future<? extends T>> supplier) {
        return new Lazy<>(supplier);
    }

    /**
     * A future of a function that answers each poll, until it answers ready or throws. Cancel: drops the function, so that
     * it is not called again.
     */
    public static <T extends @Nullable Object> Future<T> pollFn(ThrowingFunction<? super Task, Poll<T>> function) {
        return new PollFn<>(Objects.requireNonNull(function));
    }

    /** A future that answers pending once, after waking its task: lets the rest of the loop go first. Cancel: nothing. */
    public static Future<Void> yieldNow() {
        boolean[] yielded = {false};
        return pollFn(task -> {
            if (yielded[0]) {
                return Poll.done();
            }
            yielded[0] = true;
            task.wake();
            return Poll.pending();
        });
    }

    /**
     * A loop: runs the future that the function makes of the state, and again with the state which that gives, until it gives
     * {@link Loop#done}. Any number of rounds uses no stack; each is charged to the task's budget. Unlike the original's,
     * the first round too begins at the first poll.
     *
     * <p>Cancel: cancels the round that is running; the state is lost.
     */
    public static <S extends @Nullable Object, T extends @Nullable Object> Future<T> loopFn(
            S state, ThrowingFunction<? super S, ? extends Future<? extends Loop<S, T>>> function) {
        return new LoopFn<>(state, Objects.requireNonNull(function));
    }

    /**
     * A call of blocking or long computing work on an executor, begun at the first poll. What it throws is the failure, as is
     * the executor's refusal; the task is woken from the executor's thread. An executor that drops what it had accepted, as
     * {@code shutdownNow} does, leaves this pending until the caller cancels the dropped {@link
     * java.util.concurrent.FutureTask}; the handle of a Core that closes does. How many threads there are, and their names, is
     * the executor's matter.
     *
     * <p>Cancel: drops a call that has not begun, and interrupts the thread of one that runs; a value that comes nevertheless
     * is lost, not closed. A call that does not heed interrupts goes on.
     */
    public static <T extends @Nullable Object> Future<T> callOn(
            Executor executor, ThrowingSupplier<? extends T> supplier) {
        return new CallOn<>(executor, supplier);
    }

    /**
     * Polls a whole future on an executor, from the first poll of this one on: once for each time that it is woken, and by one
     * thread at a time, though not always the same. What it throws is the failure, as is the executor's refusal. Gyre's
     * sockets and timers work on their loop only and not in such a future; what else it is made of must not need one thread
     * either. The executor must not run what it is given in the thread that hands it over. What the executor drops is a
     * {@link java.util.concurrent.FutureTask} as that of {@link #callOn}.
     *
     * <p>Cancel: cancels the future on the executor instead of its next poll, without interrupting the one that runs; here,
     * if it was not begun or if the executor refuses or drops it.
     */
    public static <T extends @Nullable Object> Future<T> pollOn(Executor executor, Future<T> future) {
        return new PollOn<>(executor, future);
    }

    /**
     * What a stage of other code comes to. Its failure comes as it is, out of the {@link
     * java.util.concurrent.CompletionException} that stages wrap it in. The stage runs by itself; it is asked at the first poll.
     *
     * <p>Cancel: only detaches, as the stage may have other readers; what it gives is lost.
     */
    public static <T extends @Nullable Object> Future<T> from(CompletionStage<? extends T> stage) {
        return new FromStage<>(stage);
    }

    /**
     * Closes a resource at the end of the future that the function makes of it: after success, after failure, on cancel,
     * and also if the function throws or the future is cancelled before it began. The function runs at the first poll.
     *
     * <p>What {@code close} throws is the failure of a future that had a value, is suppressed by an earlier failure, and
     * leaves through {@code cancel}, wrapped in a {@link java.util.concurrent.CompletionException} if it is checked.
     *
     * <p>Cancel: cancels the future, then closes the resource.
     */
    public static <R extends AutoCloseable, T extends @Nullable Object> Future<T> using(
            R resource, ThrowingFunction<? super R, ? extends Future<? extends T>> function) {
        return new Using<>(resource, new Lazy<T>(() -> function.apply(resource)));
    }

    /**
     * Runs three futures at once and combines their values; see {@link Future#join}.
     *
     * <p>Cancel: cancels those that are not done; values are lost.
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Future<R> join(
                    Future<A> a,
                    Future<B> b,
                    Future<C> c,
                    ThrowingFunction3<? super A, ? super B, ? super C, ? extends R> combine) {
        return a.join(b, Pair<A, B>::new).join(c, (ab, z) -> combine.apply(ab.first(), ab.second(), z));
    }

    /**
     * Runs four futures at once and combines their values; see {@link Future#join}.
     *
     * <p>Cancel: cancels those that are not done; values are lost.
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            Future<R> join(
                    Future<A> a,
                    Future<B> b,
                    Future<C> c,
                    Future<D> d,
                    ThrowingFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> combine) {
        return a.join(b, Pair<A, B>::new)
                .join(
                        c.join(d, Pair<C, D>::new),
                        (ab, cd) -> combine.apply(ab.first(), ab.second(), cd.first(), cd.second()));
    }

    /**
     * Runs five futures at once and combines their values; see {@link Future#join}.
     *
     * <p>Cancel: cancels those that are not done; values are lost.
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            Future<R> join(
                    Future<A> a,
                    Future<B> b,
                    Future<C> c,
                    Future<D> d,
                    Future<E> e,
                    ThrowingFunction5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> combine) {
        return join(
                a.join(b, Pair<A, B>::new),
                c.join(d, Pair<C, D>::new),
                e,
                (ab, cd, z) -> combine.apply(ab.first(), ab.second(), cd.first(), cd.second(), z));
    }

    private record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {}

    /**
     * Runs all futures at once and gives their values in the order of the futures; an empty list if there are none. The first
     * failure is the failure of the whole: the others are cancelled and values dropped. A poll runs only the futures that were
     * woken, at most 32 without a result before the rest of the loop gets its turn.
     *
     * <p>Cancel: cancels those that are not done; values are lost.
     */
    public static <T extends @Nullable Object> Future<List<T>> joinAll(Iterable<? extends Future<T>> futures) {
        return new JoinAll<>(futures);
    }

    /**
     * Runs all futures at once and gives the first value, with the other futures, alive. Of several that are ready in the same
     * poll it is the one that was woken first; in the first poll the one that was given first. If one fails before any has a
     * value, so does the whole, and the others are cancelled. A poll runs only the futures that were woken.
     *
     * <p>Cancel: cancels all.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static <T extends @Nullable Object> Future<SelectedOf<T>> selectAll(Iterable<? extends Future<T>> futures) {
        return new SelectAll<>(futures, false);
    }

    /**
     * As {@link #selectAll}, but a future that fails with an exception is only left out, unless it is the last one: then its failure is that of
     * the whole.
     *
     * <p>Cancel: cancels those that have not failed.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static <T extends @Nullable Object> Future<SelectedOf<T>> selectOk(Iterable<? extends Future<T>> futures) {
        return new SelectAll<>(futures, true);
    }

    /** A {@linkplain FuturesOrdered queue} of these futures, which is a stream of what they give, in their own order. */
    public static <T extends @Nullable Object> FuturesOrdered<T> ordered(Iterable<? extends Future<T>> futures) {
        FuturesOrdered<T> queue = new FuturesOrdered<>();
        futures.forEach(queue::push);
        return queue;
    }

    /** A {@linkplain FuturesUnordered set} of these futures, which is a stream of what they give, the first done first. */
    public static <T extends @Nullable Object> FuturesUnordered<T> unordered(Iterable<? extends Future<T>> futures) {
        FuturesUnordered<T> set = new FuturesUnordered<>();
        futures.forEach(set::push);
        return set;
    }
}
