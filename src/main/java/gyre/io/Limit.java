package gyre.io;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.IOException;

/** The first bytes of an input, and then the end. What comes after them stays in the input. */
public final class Limit implements Input {
    private final Input input;
    private long remaining;

    private Limit(Input input, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the limit must be at least 0 bytes: " + bytes);
        }
        this.input = input;
        this.remaining = bytes;
    }

    /** Reads so many bytes at most. The input is closed with the result. */
    public static Limit limit(Input input, long bytes) {
        return new Limit(input, bytes);
    }

    /** Bytes that may still be read. */
    public long remaining() {
        return remaining;
    }

    @Override
    public int read(Task task, Buf into) throws IOException {
        if (remaining == 0) {
            return Io.END;
        }
        int before = into.limit();
        into.limit(into.writeIndex() + (int) Math.min(remaining, into.writable()));
        int n;
        try {
            n = input.read(task, into);
        } finally {
            into.limit(before);
        }
        if (n > 0) {
            remaining -= n;
        }
        return n;
    }

    @Override
    public boolean pollRead(Task task) throws IOException {
        return remaining == 0 || input.pollRead(task);
    }

    @Override
    public BufPool buffers() {
        return input.buffers();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
