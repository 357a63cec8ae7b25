package gyre.io;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.IOException;

/**
 * An input that reads ahead, so that many small reads cost few of the transport's, and so that {@link ReadUntil} has
 * where to leave what comes after the delimiter.
 *
 * <p>It has memory of its own, also while it is idle. What it has read ahead is only here: the input below goes on behind
 * it.
 */
public final class BufferedInput implements Input {
    /** Bytes that it reads ahead at most, unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 8 << 10;

    private final Input input;
    private final Buf ahead;

    /** Over an input that is closed with this. */
    public BufferedInput(Input input) {
        this(input, DEFAULT_CAPACITY);
    }

    /**
     * Over an input that is closed with this.
     *
     * @param capacity how many bytes it reads ahead at most, at least 1
     */
    public BufferedInput(Input input, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.input = input;
        this.ahead = Buf.allocate(capacity);
    }

    /** Bytes that were read ahead. */
    public int buffered() {
        return ahead.readable();
    }

    /** Bytes that it reads ahead at most. */
    public int capacity() {
        return ahead.capacity();
    }

    @Override
    public int read(Task task, Buf into) throws IOException {
        if (into.writable() == 0) {
            throw new IllegalArgumentException("the buffer is full: " + into);
        }
        if (ahead.readable() > 0) {
            return task.spend(1) ? into.transferFrom(ahead) : NOT_READY;
        }
        if (into.writable() >= ahead.capacity()) {
            return input.read(task, into); // nothing to gain from a copy
        }
        int n = fill(task);
        return n < 0 ? n : into.transferFrom(ahead);
    }

    @Override
    public boolean pollRead(Task task) throws IOException {
        return ahead.readable() > 0 || input.pollRead(task);
    }

    @Override
    public BufPool buffers() {
        return input.buffers();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /** What was read ahead, for those who look before they consume. */
    Buf ahead() {
        return ahead;
    }

    /** Reads further ahead, once; there must be less than the capacity. */
    int fill(Task task) throws IOException {
        if (ahead.readable() == 0 || ahead.writable() == 0) {
            ahead.compact();
        }
        return input.read(task, ahead);
    }
}
