package gyre.io;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.IOException;

/** One input after another. */
public final class Chain implements Input {
    private final Input first;
    private final Input second;
    private Input current;

    private Chain(Input first, Input second) {
        this.first = first;
        this.second = second;
        this.current = first;
    }

    /** Reads the first to its end, then the second. Both are closed with the result. */
    public static Chain chain(Input first, Input second) {
        return new Chain(first, second);
    }

    @Override
    public int read(Task task, Buf into) throws IOException {
        int n = current.read(task, into);
        if (n == Io.END && current != second) {
            current = second;
            n = second.read(task, into);
        }
        return n;
    }

    @Override
    public boolean pollRead(Task task) throws IOException {
        return current.pollRead(task);
    }

    @Override
    public BufPool buffers() {
        return first.buffers();
    }

    @Override
    public void close() throws IOException {
        try {
            first.close();
        } finally {
            second.close();
        }
    }
}
