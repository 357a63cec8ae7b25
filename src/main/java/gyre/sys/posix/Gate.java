package gyre.sys.posix;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets threads make a call on a descriptor that another thread closes, so that none makes it on a number that already
 * belongs to someone else.
 *
 * <p>Those who enter count themselves in and out. {@link #close} first turns the count negative, which sends away all that
 * come later, and then waits for the few that are inside a call that never blocks. Both are read-modify-writes of one
 * variable: whoever is let in is seen by the closer, and whoever comes after the closer sees it.
 */
final class Gate {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger inside = new AtomicInteger();

    /** Whether the call may be made; {@link #leave} comes after it either way. From any thread. */
    boolean enter() {
        return inside.getAndIncrement() >= 0;
    }

    void leave() {
        inside.getAndDecrement();
    }

    /** Once; when it returns nobody is inside, and nobody will be. */
    void close() {
        inside.getAndAdd(CLOSED);
        while (inside.get() != CLOSED) {
            Thread.yield();
        }
    }
}
