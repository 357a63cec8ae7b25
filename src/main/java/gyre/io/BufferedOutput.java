package gyre.io;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.IOException;

/**
 * An output that gathers small writes into few large ones. What it has gathered goes out when it is full, and by
 * {@link #flush} and {@link #shutdownOutput}; {@link #close} drops it.
 *
 * <p>It gathers in a buffer of the loop's pool. While there is nothing it holds no memory, unless the pool's buffers are
 * smaller than its capacity.
 */
public final class BufferedOutput implements Output {
    /** Bytes that it gathers at most, unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 8 << 10;

    private final Output output;
    private final Staging gathered;

    /** Over an output that is closed with this. */
    public BufferedOutput(Output output) {
        this(output, DEFAULT_CAPACITY);
    }

    /**
     * Over an output that is closed with this.
     *
     * @param capacity how many bytes it gathers at most, at least 1
     */
    public BufferedOutput(Output output, int capacity) {
        this.output = output;
        this.gathered = new Staging(output.buffers(), capacity);
    }

    /** Bytes that were gathered and have not gone out. */
    public int buffered() {
        return gathered.readable();
    }

    @Override
    public int write(Task task, Buf from) throws IOException {
        if (gathered.isFull() && !makeRoom(task)) {
            return NOT_READY;
        }
        if (gathered.readable() == 0 && from.readable() >= gathered.capacity()) {
            return output.write(task, from); // nothing to gain from a copy
        }
        if (!task.spend(1)) {
            return NOT_READY;
        }
        int n = gathered.room().transferFrom(from);
        gathered.settle();
        return n;
    }

    @Override
    public int flush(Task task) throws IOException {
        return drain(task) ? output.flush(task) : NOT_READY;
    }

    @Override
    public int shutdownOutput(Task task) throws IOException {
        return drain(task) ? output.shutdownOutput(task) : NOT_READY;
    }

    @Override
    public boolean pollWrite(Task task) throws IOException {
        return !gathered.isFull() || output.pollWrite(task);
    }

    @Override
    public BufPool buffers() {
        return output.buffers();
    }

    @Override
    public void close() throws IOException {
        gathered.release();
        output.close();
    }

    private boolean makeRoom(Task task) throws IOException {
        return drain(task) || gathered.readable() < gathered.capacity();
    }

    /** Writes out what it can; whether that was all. */
    private boolean drain(Task task) throws IOException {
        while (gathered.readable() > 0) {
            int n = output.write(task, gathered.bytes());
            if (n <= 0) {
                WriteAll.requireNotReady(n);
                return false;
            }
        }
        gathered.settle();
        return true;
    }
}
