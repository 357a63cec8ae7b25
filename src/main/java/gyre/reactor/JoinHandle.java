package gyre.reactor;

import gyre.future.Future;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a spawned future comes to. As a future it gives the value or fails as the spawned one did, with
 * {@link java.util.concurrent.CancellationException} if that was aborted and {@link LoopClosedException} if its Core was
 * closed first. It may be polled on another loop.
 *
 * @param <T> the type of the value
 */
public interface JoinHandle<T extends @Nullable Object> extends Future<T> {
    /** Cancels the spawned future at its loop's next turn, unless it is done before. From any thread, any number of times. */
    void abort();

    /** Whether it has ended, in whatever way. From any thread. */
    boolean isDone();

    /** Only detaches: the spawned future goes on. */
    @Override
    default void cancel() {}

    /**
     * The same outcome for other code; the same object each time. Cancelling it aborts. What depends on it runs on the
     * loop's thread unless it is given an executor. From any thread.
     */
    CompletableFuture<T> toCompletableFuture();
}
