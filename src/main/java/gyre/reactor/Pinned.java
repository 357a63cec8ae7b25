package gyre.reactor;

import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.sys.Backend;
import org.jspecify.annotations.Nullable;

/** A loop seen from its own thread: never synchronises, and every method fails with {@link IllegalStateException} elsewhere. */
public final class Pinned {
    private final Loop loop;

    Pinned(Loop loop) {
        this.loop = loop;
    }

    /** The side of the loop that may go to other threads. */
    public Handle handle() {
        return loop.handle;
    }

    /** Queues a future, which may stay confined to this thread; it is first polled in the next turn. */
    public <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        loop.check();
        return loop.handle.spawn(future);
    }

    /** Queues a function that builds a future; it is called in the next turn. */
    public <T extends @Nullable Object> JoinHandle<T> spawnFn(SpawnFunction<T> function) {
        loop.check();
        return loop.handle.spawnFn(function);
    }

    /** The loop's off-heap buffers. */
    public BufPool buffers() {
        loop.check();
        return loop.buffers;
    }

    /** The backend that opens sources for this loop. */
    public Backend backend() {
        loop.check();
        return loop.backend;
    }

    /** How many spawned tasks have not ended, whether they wait or not; counts them one by one. */
    public int tasks() {
        loop.check();
        return loop.tasks();
    }

    /** How many tasks are queued to be polled, as a measure of load; counts them one by one. */
    public int queued() {
        loop.check();
        return loop.queued();
    }

    /** The loop's clock, in nanoseconds from when it was opened. */
    public long nanoTime() {
        loop.check();
        return loop.now();
    }
}
