package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Output;
import gyre.io.WriteAll;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What was encoded and not yet written: in a buffer of the pool, or in memory of its own for an item that is larger, or
 * when the pool has none. Nothing is held when all is written, and little for a little that the output refuses.
 */
final class Outgoing {
    private final Output output;
    private final BufPool pool;
    private final FrameLimits limits;
    private final int high;
    private @Nullable Buf held;
    private boolean pooled;
    private boolean full; // from the high mark down to the low one

    Outgoing(Output output, FrameLimits limits) {
        this.output = output;
        this.pool = output.buffers();
        this.limits = limits;
        // A buffer that is half free can be compacted without moving a byte again and again.
        this.high = Math.max(1, Math.min(limits.highWater(), pool.size() / 2));
    }

    Output output() {
        return output;
    }

    int max() {
        return limits.maxFrame();
    }

    int buffered() {
        return held == null ? 0 : held.readable();
    }

    /** A buffer with room for so many bytes; null if there is none now, and a write has kept the task. */
    @Nullable Buf room(Task task, int size) throws IOException {
        Buf buf = held;
        if (buf != null) {
            full |= buf.readable() >= high;
            if (!full && buf.writable() >= size) {
                return buf;
            }
            if (!drain(task)) {
                if (full && buf.readable() > Math.min(limits.lowWater(), high)) {
                    return null;
                }
                full = false;
                if (buf.writable() < size) {
                    buf = unkept(buf);
                }
                if (buf.writable() < size) {
                    if (buf.capacity() - buf.readable() < size) {
                        return null;
                    }
                    buf.compact();
                }
                return buf;
            }
        }
        buf = size <= pool.size() ? pool.tryTake() : null;
        pooled = buf != null;
        held = buf != null ? buf : pool.allocate(Math.max(size, Incoming.SMALL));
        return held;
    }

    /** Writes what it can; whether that was all. If not, the task is kept. */
    boolean drain(Task task) throws IOException {
        Buf buf = held;
        if (buf == null) {
            return true;
        }
        while (buf.readable() > 0) {
            int n = output.write(task, buf);
            if (n <= 0) {
                WriteAll.requireNotReady(n);
                return false;
            }
        }
        release();
        return true;
    }

    /** The output has refused what is here, and nobody is about to add to it: keeps little memory for little. */
    void pause() {
        Buf buf = held;
        if (buf != null && pooled && buf.readable() <= Incoming.SMALL) {
            held = pool.keep(buf);
        }
    }

    /** What was kept, where there is room again, if the pool has any. */
    private Buf unkept(Buf kept) {
        Buf whole = pooled && kept.capacity() < pool.size() ? pool.tryTake() : null;
        if (whole == null) {
            return kept;
        }
        whole.transferFrom(kept);
        held = whole;
        pool.release(kept);
        return whole;
    }

    /** Drops what is not written. */
    void release() {
        Buf buf = held;
        held = null;
        full = false;
        if (buf != null && pooled) {
            pool.release(buf);
        }
    }

    byte[] bytes() {
        return held == null ? new byte[0] : held.bytes(held.readable());
    }
}
