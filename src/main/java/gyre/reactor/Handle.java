package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A loop seen from any thread. Spawning on the loop's own thread costs a push; from another thread at most one call a
 * sleep of the loop, whoever else spawns.
 *
 * <p>After the Core was closed every method fails with {@link LoopClosedException}.
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

    /** Runs it on the loop's thread, in its next turn, after what the calling thread spawned before. */
    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        Future<Void> once = task -> {
            command.run();
            return Poll.done();
        };
        spawn(once);
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
