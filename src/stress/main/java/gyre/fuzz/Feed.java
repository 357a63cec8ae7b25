package gyre.fuzz;

import static gyre.io.Io.END;
import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Input;

/** Bytes that arrive in pieces, and then the end. */
final class Feed implements Input {
    private final BufPool pool;
    private final byte[] bytes;
    private final int[] cuts; // in order
    private int given;
    private int next; // of the cuts
    private boolean paused;

    Feed(BufPool pool, byte[] bytes, int... cuts) {
        this.pool = pool;
        this.bytes = bytes;
        this.cuts = cuts;
    }

    @Override
    public int read(Task task, Buf into) {
        while (next < cuts.length && cuts[next] <= given) {
            next++;
            paused = false;
        }
        int end = next < cuts.length ? cuts[next] : bytes.length;
        int count = Math.min(end - given, into.writable());
        if (next > 0 && !paused && given > 0 && cuts[next - 1] == given) {
            paused = true;
            return NOT_READY;
        }
        if (count == 0) {
            return END;
        }
        into.put(bytes, given, count);
        given += count;
        return count;
    }

    @Override
    public boolean pollRead(Task task) {
        return true;
    }

    @Override
    public BufPool buffers() {
        return pool;
    }

    @Override
    public void close() {}
}
