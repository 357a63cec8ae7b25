package gyre.io;

import static gyre.io.Io.END;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads until the end; the value is all the bytes. Fails if there are more than was allowed.
 *
 * <p>It holds no buffer while it waits. Cancelling it, or a failure, loses what was read.
 */
public final class ReadToEnd extends Operation<byte[]> {
    private final Input reader;
    private final int max;
    private final BufPool pool;
    private final BufferWait turn = new BufferWait();
    private byte[] bytes = {};
    private int size;

    private ReadToEnd(Input reader, int max) {
        if (max < 0) {
            throw new IllegalArgumentException("max must be at least 0: " + max);
        }
        this.reader = reader;
        this.max = max;
        this.pool = reader.buffers();
    }

    /**
     * Reads all.
     *
     * @param max how many bytes it may be
     */
    public static ReadToEnd readToEnd(Input reader, int max) {
        return new ReadToEnd(reader, max);
    }

    @Override
    Poll<byte[]> proceed(Task task) throws IOException {
        Buf buf = pool.tryTake();
        if (buf == null) {
            if (reader.pollRead(task)) {
                turn.join(pool, task);
            }
            return Poll.pending();
        }
        try {
            int n;
            while ((n = reader.read(task, buf)) >= 0) {
                append(buf, n);
            }
            return n == END ? Poll.ready(Arrays.copyOf(bytes, size)) : Poll.pending();
        } finally {
            pool.release(buf);
        }
    }

    private void append(Buf buf, int count) throws IOException {
        if (count > max - size) {
            throw new IOException("more than the allowed " + max + " bytes");
        }
        if (count > bytes.length - size) {
            long doubled = Math.max(2L * bytes.length, size + count);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, max));
        }
        buf.get(bytes, size, count);
        buf.clear();
        size += count;
    }
}
