package gyre.buffer;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A pool's idle buffers of one size, last in, first out. */
final class Shelf {
    /** Bytes of each. */
    final int size;

    private final int spared;
    private final ArrayDeque<Buf> idle = new ArrayDeque<>();
    private int leastIdle; // since the last trim

    /**
     * Empty.
     *
     * @param spared how many idle ones {@link #trim} leaves in any case
     */
    Shelf(int size, int spared) {
        this.size = size;
        this.spared = spared;
    }

    int idle() {
        return idle.size();
    }

    boolean excess() {
        return idle.size() > spared;
    }

    @Nullable Buf poll() {
        Buf buf = idle.pollLast();
        if (buf != null && idle.size() < leastIdle) {
            leastIdle = idle.size();
        }
        return buf;
    }

    void add(Buf buf) {
        idle.addLast(buf);
    }

    /** Lets go those that no one has needed since the last call; how many. */
    int trim() {
        int trimmed = Math.max(Math.min(leastIdle, idle.size()) - spared, 0);
        for (int i = 0; i < trimmed; i++) {
            idle.removeFirst();
        }
        leastIdle = idle.size();
        return trimmed;
    }

    /** Lets go the coldest, if there is one. */
    boolean drop() {
        return idle.pollFirst() != null;
    }
}
