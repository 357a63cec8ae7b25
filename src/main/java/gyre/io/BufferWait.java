package gyre.io;

import gyre.buffer.BufPool;
import gyre.future.Task;
import org.jspecify.annotations.Nullable;

/** A future's place in line for a buffer: one entry, however often it is polled until there is one. Loop thread only. */
public final class BufferWait implements Runnable {
    private @Nullable Task task; // null unless in line

    /** Not in line. */
    public BufferWait() {}

    /** Wakes this task, and no longer the one that it was called with before, when the pool has a buffer again. */
    public void join(BufPool pool, Task waiting) {
        boolean inLine = task != null;
        task = waiting;
        if (!inLine) {
            pool.whenAvailable(this);
        }
    }

    /** For the pool: there is a buffer. */
    @Override
    public void run() {
        Task waiting = task;
        task = null;
        if (waiting != null) {
            waiting.wake();
        }
    }
}
