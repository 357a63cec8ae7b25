package gyre.reactor;

import gyre.future.Future;
import gyre.future.Stream;
import gyre.future.ThrowingSupplier;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A loop seen from any thread. Spawning on the loop's own thread costs a push; from another thread at most one call a
 * sleep of the loop, whoever else spawns.
 *
 * <p>After the Core was closed it takes no work: to spawn, to execute and {@link #pinned} fail with
 * {@link LoopClosedException}, and so does what waits for its clock when it is polled.
 */
public final class Handle implements Executor {
    private final Loop loop;

    Handle(Loop loop) {
        this.loop = loop;
    }

    /** Unique in the process, never used again. */
    public long id() {
        return loop.id;
    }

    /**
     * Hands a future to the loop, which first polls it in its next turn. What it fails with goes to its handle and to the
     * Core's uncaught exception handler; the loop goes on.
     */
    public <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        return start(SpawnedTask.of(loop, Objects.requireNonNull(future, "future")));
    }

    /** Has a future built on the loop's thread, in its next turn, and polled there. */
    public <T extends @Nullable Object> JoinHandle<T> spawnFn(SpawnFunction<T> function) {
        return start(SpawnedTask.building(loop, Objects.requireNonNull(function, "function")));
    }

    /**
     * Runs it on the loop's thread, in its next turn, after what the calling thread spawned before. A command that throws goes
     * to the Core's uncaught exception handler. One that is still waiting when the Core is closed never runs; it is
     * cancelled if it is a {@link java.util.concurrent.Future}, so that who waits for a {@link
     * java.util.concurrent.FutureTask}, or by {@link gyre.future.Futures#callOn} and its like, hears of it. A {@link
     * java.util.concurrent.CompletableFuture} does not.
     */
    @Override
    public void execute(Runnable command) {
        spawn(new Command(Objects.requireNonNull(command, "command"), null));
    }

    /** Done after that time, counted from its first poll; see {@link Timeout}. */
    public Future<Void> sleep(Duration duration) {
        return new Sleep(duration, this);
    }

    /**
     * The same future, if it is done in time, counted from the first poll; else it is cancelled, and this fails with
     * {@link java.net.SocketTimeoutException}, which names the duration. Where both are due, the future wins.
     */
    public <T extends @Nullable Object> Future<T> timeout(Future<T> future, Duration duration) {
        return new TimeLimit<>(Objects.requireNonNull(future, "future"), duration, this);
    }

    /**
     * Runs the futures that the supplier gives, one after the other, until one has a value; after a failure, its own or the
     * supplier's, it pauses as the backoff says. Where that has enough, this fails with the last exception, and the ones
     * before it, at most the 8 latest, are suppressed by it. An {@link Error} is not retried.
     *
     * <p>Cancel: cancels the attempt that runs, or the pause.
     */
    public <T extends @Nullable Object> Future<T> retry(
            ThrowingSupplier<? extends Future<? extends T>> supplier, Backoff backoff) {
        return new Retry<>(supplier, backoff, this);
    }

    /**
     * An executor that runs each command on the loop's thread, that time after the loop has taken it; the commands of one
     * thread in their order, unless thousands of timers end together. For
     * {@link java.util.concurrent.CompletableFuture#supplyAsync} and the like. One that throws, or still waits when the Core is
     * closed, fares as with {@link #execute}.
     *
     * @param delay at least zero
     * @throws IllegalArgumentException if it is negative
     */
    public Executor delayed(Duration delay) {
        Times.nanos(delay, "delay");
        return command -> {
            spawn(new Command(Objects.requireNonNull(command, "command"), new Sleep(delay, this)));
        };
    }

    /**
     * A publisher of what streams give: for each subscriber the supplier makes one, on the loop's thread. It is polled only
     * while the subscriber's demand lasts. The subscriber is called on the loop's thread and must not block it; its demand and
     * its cancel may come from any thread, and the cancel reaches the stream in the loop's next turn. The first failure of the
     * stream ends the subscription, as Flow has it, and cancels the stream. If the Core is closed, the subscriber is told by
     * {@link LoopClosedException}. What a subscriber throws against the rules goes to the Core's uncaught exception handler,
     * and the stream is cancelled.
     */
    public <T> Flow.Publisher<T> publisher(ThrowingSupplier<? extends Stream<? extends T>> supplier) {
        Objects.requireNonNull(supplier, "supplier");
        return subscriber -> StreamSubscription.begin(loop, supplier, subscriber);
    }

    /**
     * The side for the loop's own thread.
     *
     * @throws IllegalStateException on another thread
     */
    public Pinned pinned() {
        loop.check();
        return loop.pinned;
    }

    /** Whether this thread is the loop's. */
    public boolean isOnLoop() {
        return loop.onLoop();
    }

    @Override
    public String toString() {
        return "Handle[loop " + loop.id + "]";
    }

    Loop loop() {
        return loop;
    }

    private <T extends @Nullable Object> JoinHandle<T> start(SpawnedTask<T> task) {
        if (loop.isClosed()) {
            throw loop.closedException();
        }
        task.wake();
        return task;
    }
}
