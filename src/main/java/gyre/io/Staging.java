package gyre.io;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import java.io.IOException;

/**
 * Where a stream has the bytes that it buffers: in a buffer of the loop's pool while there are any, else nowhere. Without the
 * pool it has memory of its own: for a while when the pool has no buffer, since waiting could be for one whose owner waits for
 * this; for good when the pool's buffers are smaller than the capacity.
 */
final class Staging {
    /** Never changes: it has neither bytes nor room. */
    private static final Buf NOTHING = Buf.allocate(0);

    private final BufPool pool;
    private final int capacity;
    private Buf bytes = NOTHING;
    private boolean pooled;

    Staging(BufPool pool, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.pool = pool;
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    int readable() {
        return bytes.readable();
    }

    /** Whether nothing can be appended without moving what is there. */
    boolean isFull() {
        return bytes != NOTHING && bytes.writable() == 0;
    }

    /** What is there; who consumes of it calls {@link #settle}. */
    Buf bytes() {
        return bytes;
    }

    /** The same with room to append, unless there are as many as the capacity; who appends nothing calls {@link #settle}. */
    Buf room() throws IOException {
        if (bytes == NOTHING) {
            Buf taken = pool.tryTake(capacity);
            pooled = taken != null;
            bytes = taken != null ? taken : pool.allocate(capacity);
            bytes.limit(capacity);
        } else if (bytes.writable() == 0) {
            bytes.compact().limit(capacity);
        }
        return bytes;
    }

    /** Holds nothing if there is nothing. */
    void settle() {
        if (bytes.readable() > 0) {
            return;
        }
        if (pooled || capacity <= pool.size()) {
            release();
        } else {
            bytes.clear();
        }
    }

    /** Drops what is there. */
    void release() {
        Buf held = bytes;
        bytes = NOTHING;
        if (pooled) {
            pooled = false;
            pool.release(held);
        }
    }
}
