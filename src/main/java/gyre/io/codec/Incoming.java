package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Input;
import gyre.io.Io;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What was read and not yet decoded. It is in one place at a time: in a buffer of the pool while it is read and while more
 * than a little waits for its reader; otherwise in memory of its own, that grows with what has come and not with what was
 * announced. So a peer that sends part of a frame and then nothing costs about as much as it has sent.
 *
 * <p>When the pool has no buffer, it goes on with its own memory: waiting could be for buffers whose owners wait for this.
 */
final class Incoming {
    /** Never changes: it has neither bytes nor room. */
    private static final Buf NOTHING = Buf.allocate(0);

    /** Up to so many bytes a connection keeps for itself, rather than a buffer of the pool. */
    static final int SMALL = 4 << 10;

    private static final int LEAST = 512;

    private final Input input;
    private final BufPool pool;
    private final int max;
    private final int small;
    private @Nullable Buf pooled;
    private @Nullable Buf own; // empty while there is a pooled one
    private boolean ended;

    Incoming(Input input, int max) {
        this.input = input;
        this.pool = input.buffers();
        this.max = max;
        this.small = Math.min(SMALL, pool.size() / 2);
    }

    Input input() {
        return input;
    }

    int max() {
        return max;
    }

    /** Whether the input has ended. */
    boolean ended() {
        return ended;
    }

    Buf bytes() {
        return pooled != null ? pooled : own != null ? own : NOTHING;
    }

    /** Reads once; whether there is anything new, be it the end. There must be less than the maximum. */
    boolean read(Task task) throws IOException {
        int n = input.read(task, room());
        if (n == Io.NOT_READY) {
            keepLittle();
            return false;
        }
        ended = n == Io.END;
        return true;
    }

    /** Before somebody else is to act: keeps only little memory of its own, unless there is much in it. */
    void pause() {
        if (bytes().readable() <= small) {
            keepLittle();
        }
    }

    void release() {
        Buf held = pooled;
        pooled = null;
        own = null;
        if (held != null) {
            pool.release(held);
        }
    }

    private Buf room() throws IOException {
        if (pooled == null && bytes().readable() <= small) {
            pooled = pool.tryTake();
            if (pooled != null && own != null) {
                pooled.transferFrom(own);
                own.clear();
            }
        }
        if (pooled != null) {
            tidy(pooled);
            if (pooled.writable() > 0) {
                return pooled;
            }
            leavePool();
        }
        Buf mine = own == null ? grow(SMALL) : own;
        tidy(mine);
        return mine.writable() > 0 ? mine : grow(2L * mine.capacity());
    }

    /** Moves bytes only if at least as many were consumed, or there is no room: so that all moves together stay linear. */
    private static void tidy(Buf buf) {
        if (buf.readIndex() > 0 && (buf.readIndex() >= buf.readable() || buf.writable() == 0)) {
            buf.compact();
        }
    }

    private void leavePool() throws IOException {
        Buf held = pooled;
        if (held == null) {
            return;
        }
        int left = held.readable();
        if (left > 0) {
            Buf mine = own;
            if (mine == null || mine.capacity() < left) {
                mine = grow(Math.max(LEAST, 2L * Integer.highestOneBit(left)));
            }
            mine.transferFrom(held);
        }
        pooled = null;
        pool.release(held);
    }

    /** Memory of its own with this capacity, as far as the maximum allows, and with all that is there. */
    private Buf grow(long capacity) throws IOException {
        Buf larger = pool.allocate((int) Math.max(bytes().readable(), Math.min(capacity, max)));
        if (own != null) {
            larger.transferFrom(own);
        }
        own = larger;
        return larger;
    }

    private void keepLittle() {
        try {
            leavePool();
            shrink();
        } catch (IOException e) {
            return; // no memory to move it to: it stays where it is, and is read all the same
        }
    }

    private void shrink() throws IOException {
        Buf mine = own;
        if (mine != null && mine.capacity() > SMALL && mine.readable() <= small) {
            Buf small = mine.readable() > 0 ? pool.allocate(SMALL) : null;
            if (small != null) {
                small.transferFrom(mine);
            }
            own = small;
        }
    }
}
