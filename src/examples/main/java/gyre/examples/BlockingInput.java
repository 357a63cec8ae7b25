package gyre.examples;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Input;
import gyre.io.Io;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that blocks, as an {@link Input}: a thread of its own reads, never more than one piece ahead, so that a loop
 * which does not get rid of the bytes holds up whoever produces them.
 *
 * <p>The piece belongs to the thread while it is empty, and to the loop while it is not; the monitor hands it over.
 */
final class BlockingInput implements Input {
    private static final int PIECE = 64 << 10;

    private final BufPool buffers;
    private final byte[] piece = new byte[PIECE];
    private int from;
    private int to;
    private boolean ended;
    private @Nullable IOException failure;
    private @Nullable Task waiting;

    BlockingInput(InputStream source, String name, BufPool buffers) {
        this.buffers = buffers;
        Thread thread = new Thread(() -> pump(source), name);
        thread.setDaemon(true); // may block for ever, and the stream can't be closed under it
        thread.start();
    }

    private void pump(InputStream source) {
        try {
            for (int n; (n = source.read(piece)) >= 0 && offer(n); ) {}
            end(null);
        } catch (IOException e) {
            end(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the loop has taken all of it; whether it wants more. */
    private synchronized boolean offer(int bytes) throws InterruptedException {
        from = 0;
        to = bytes;
        wakeReader();
        while (from < to && !ended) {
            wait();
        }
        return !ended;
    }

    private synchronized void end(@Nullable IOException reason) {
        ended = true;
        failure = reason;
        wakeReader();
    }

    private void wakeReader() {
        Task task = waiting;
        waiting = null;
        if (task != null) {
            task.wake();
        }
    }

    @Override
    public synchronized int read(Task task, Buf into) throws IOException {
        if (!pollRead(task)) {
            return Io.NOT_READY;
        }
        if (from == to) {
            if (failure != null) {
                throw failure;
            }
            return Io.END;
        }
        int n = Math.min(into.writable(), to - from);
        into.put(piece, from, n);
        from += n;
        if (from == to) {
            notifyAll();
        }
        task.spend(Task.cost(n));
        return n;
    }

    @Override
    public synchronized boolean pollRead(Task task) {
        if (from == to && !ended) {
            waiting = task;
            return false;
        }
        return task.spend(0);
    }

    @Override
    public BufPool buffers() {
        return buffers;
    }

    @Override
    public synchronized void close() {
        from = to;
        ended = true;
        notifyAll();
        wakeReader();
    }
}
