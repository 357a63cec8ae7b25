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
 * <p>What it has read ahead is only here, in a buffer of the loop's pool: the input below goes on behind it. While there is
 * nothing it holds no memory, unless the pool's buffers are smaller than its capacity. {@link #close} drops it.
 */
public final class BufferedInput implements Input {
    /** Bytes that it reads ahead at most, unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 8 << 10;

    private final Input input;
    private final Staging ahead;

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
        this.input = input;
        this.ahead = new Staging(input.buffers(), capacity);
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
            return task.spend(1) ? take(into) : NOT_READY;
        }
        if (into.writable() >= ahead.capacity()) {
            return input.read(task, into); // nothing to gain from a copy
        }
        int n = fill(task);
        return n < 0 ? n : take(into);
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
        ahead.release();
        input.close();
    }

    /** What was read ahead, for those who look before they {@link #take} it; another one after {@link #fill}. */
    Buf ahead() {
        return ahead.bytes();
    }

    /** Reads further ahead, once; there must be less than the capacity. */
    int fill(Task task) throws IOException {
        try {
            return input.read(task, ahead.room());
        } finally {
            ahead.settle();
        }
    }

    /** The first so many bytes of what was read ahead. */
    byte[] take(int count) {
        byte[] bytes = ahead.bytes().bytes(count);
        ahead.settle();
        return bytes;
    }

    private int take(Buf into) {
        int count = into.transferFrom(ahead.bytes());
        ahead.settle();
        return count;
    }
}
