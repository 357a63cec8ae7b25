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
 * <p>It has memory of its own, also while it is idle.
 */
public final class BufferedOutput implements Output {
    /** Bytes that it gathers at most, unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 8 << 10;

    private final Output output;
    private final Buf gathered;

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
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.output = output;
        this.gathered = Buf.allocate(capacity);
    }

    /** Bytes that were gathered and have not gone out. */
    public int buffered() {
        return gathered.readable();
    }

    @Override
    public int write(Task task, Buf from) throws IOException {
        if (gathered.writable() == 0 && !makeRoom(task)) {
            return NOT_READY;
        }
        if (gathered.readable() == 0 && from.readable() >= gathered.capacity()) {
            return output.write(task, from); // nothing to gain from a copy
        }
        return task.spend(1) ? gathered.transferFrom(from) : NOT_READY;
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
        return gathered.writable() > 0 || output.pollWrite(task);
    }

    @Override
    public BufPool buffers() {
        return output.buffers();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    private boolean makeRoom(Task task) throws IOException {
        drain(task);
        gathered.compact();
        return gathered.writable() > 0;
    }

    /** Writes out what it can; whether that was all. */
    private boolean drain(Task task) throws IOException {
        while (gathered.readable() > 0) {
            int n = output.write(task, gathered);
            if (n <= 0) {
                WriteAll.requireNotReady(n);
                return false;
            }
        }
        gathered.clear();
        return true;
    }
}
