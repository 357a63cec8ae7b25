package gyre.io;

import static gyre.io.Io.END;
import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads until the end and writes all of it; the value is the number of bytes.
 *
 * <p>Whenever there is nothing to read, and at the end, the writer is flushed. Its output is not shut down: a proxy that
 * passes the end on goes on with {@link ShutdownOutput}.
 *
 * <p>It holds a buffer of the reader's loop only while the writer refuses what was read, and one of about that size
 * ({@link BufPool#keep}). Cancelling it, or a failure of the writer, loses what is in that buffer: bytes that were read but
 * not written.
 */
public final class Copy implements Future<Long> {
    private final Input reader;
    private final Output writer;
    private final BufPool pool;
    private @Nullable BufferWait turn; // made when the pool is first found empty, which is seldom
    private @Nullable Buf buf; // null unless it holds bytes that the writer has refused
    private long copied;
    private boolean unflushed;
    private boolean ended;
    private boolean done;

    private Copy(Input reader, Output writer) {
        this.reader = reader;
        this.writer = writer;
        this.pool = reader.buffers();
    }

    /** Copies from the reader, until its end, to the writer. Both are borrowed; both may be the same object. */
    public static Copy copy(Input reader, Output writer) {
        return new Copy(reader, writer);
    }

    /** Bytes written so far. */
    public long copied() {
        return copied;
    }

    @Override
    public Poll<Long> poll(Task task) throws IOException {
        if (done) {
            throw new IllegalStateException("polled after it was done");
        }
        try {
            if (!ended && !transfer(task)) {
                return Poll.pending();
            }
            if (unflushed) {
                if (writer.flush(task) == NOT_READY) {
                    return Poll.pending();
                }
                unflushed = false;
            }
            if (!ended) {
                return Poll.pending();
            }
        } catch (Throwable e) {
            cancel();
            throw e;
        }
        done = true;
        return Poll.ready(copied);
    }

    @Override
    public void cancel() {
        done = true;
        Buf held = buf;
        if (held != null) {
            buf = null;
            pool.release(held);
        }
    }

    /** Moves what it can; whether all that was read is written. */
    private boolean transfer(Task task) throws IOException {
        Buf held = buf;
        if (held == null) {
            // The loop's hottest buffer, for a moment: cheaper than to ask first whether a read is worth a try.
            held = pool.tryTake();
            if (held == null) {
                return awaitBuffer(task);
            }
            buf = held;
        }
        for (; ; ) {
            while (held.readable() > 0) {
                int n = writer.write(task, held);
                if (n <= 0) {
                    WriteAll.requireNotReady(n);
                    buf = pool.keep(held);
                    return false;
                }
                copied += n;
                unflushed = true;
            }
            if (held.capacity() < pool.size()) { // what was kept is written
                buf = null;
                pool.release(held);
                held = pool.tryTake();
                if (held == null) {
                    return awaitBuffer(task);
                }
                buf = held;
            }
            held.clear();
            int n = reader.read(task, held);
            if (n < 0) {
                ended = n == END;
                buf = null;
                pool.release(held);
                return true;
            }
        }
    }

    /** Without a buffer: waits for bytes first, and then for a buffer. */
    private boolean awaitBuffer(Task task) throws IOException {
        if (reader.pollRead(task)) {
            if (turn == null) {
                turn = new BufferWait();
            }
            turn.join(pool, task);
        }
        return true;
    }
}
