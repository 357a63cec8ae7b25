package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.future.ThrowingFunction;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For ordinary threads, virtual ones too: waits for a future. The thread that calls polls it, and parks between two polls
 * without a lock, so that a virtual thread gives its carrier back. Sockets and timers work on their loop only: spawn what
 * uses them, and wait for the {@link JoinHandle}.
 *
 * <pre>{@code
 * String answer = Blocking.block(handle.spawnFn(pinned -> ask(pinned.handle())));
 * }</pre>
 *
 * <p>A thread that runs a {@link Core} must not wait for anything; there every method fails with
 * {@link IllegalStateException}.
 */
public final class Blocking {
    private Blocking() {}

    /**
     * Waits until the future is done, without limit. If this is left in another way, the future is cancelled.
     *
     * @return the future's value
     * @throws IOException if the future failed so
     * @throws java.util.concurrent.CompletionException around any other checked exception of the future; unchecked ones come
     *     as they are
     * @throws InterruptedException if the thread was interrupted and would have had to wait; its flag is cleared
     * @throws IllegalStateException if this thread is inside a Core
     */
    public static <T extends @Nullable Object> T block(Future<T> future) throws IOException, InterruptedException {
        return await(future::poll, future::cancel, new Parker(Long.MAX_VALUE), null)
                .value();
    }

    /**
     * As {@link #block(Future)}, but not longer than this.
     *
     * @param limit at least zero, which polls once
     * @throws SocketTimeoutException if it was not done in time; names the limit
     * @throws IllegalArgumentException if the limit is negative
     */
    public static <T extends @Nullable Object> T block(Future<T> future, Duration limit)
            throws IOException, InterruptedException {
        return await(future::poll, future::cancel, new Parker(Times.nanos(limit, "limit")), limit)
                .value();
    }

    /**
     * The items of a stream, one after the other, each waited for as by {@link #block(Future)}.
     *
     * @throws IllegalStateException if this thread is inside a Core
     */
    public static <T extends @Nullable Object> BlockingIterator<T> iterate(Stream<T> stream) {
        refuseLoop();
        return new BlockingIterator<>(stream);
    }

    static void refuseLoop() {
        Core core = Core.inside();
        if (core != null) {
            throw new IllegalStateException("this thread runs " + core
                    + " and must not wait, the loop would stand still: compose the future, or spawn it");
        }
    }

    /** The next answer that is not pending. */
    static <T extends @Nullable Object> Poll<T> await(
            ThrowingFunction<? super Task, Poll<T>> poll, Runnable cancel, Parker parker, @Nullable Duration limit)
            throws IOException, InterruptedException {
        refuseLoop();
        while (true) {
            Poll<T> answer;
            try {
                answer = poll.apply(parker);
            } catch (Throwable e) {
                throw SpawnedTask.thrown(e);
            }
            if (!answer.isPending()) {
                return answer;
            }
            boolean woken;
            try {
                woken = parker.park();
            } catch (InterruptedException e) {
                throw cancelled(cancel, e);
            }
            if (!woken) {
                throw cancelled(cancel, new SocketTimeoutException("timed out after " + limit));
            }
        }
    }

    private static <E extends Exception> E cancelled(Runnable cancel, E reason) {
        try {
            cancel.run();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
        return reason;
    }
}
