package gyre.sys.posix;

import static gyre.natives.Layout.EFD_CLOEXEC;
import static gyre.natives.Layout.EFD_NONBLOCK;

import gyre.natives.Libc;
import gyre.natives.Memory;
import gyre.natives.Sys;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An eventfd that wakes a selector. Watched edge-triggered and never read: every write is an edge, and the counter would
 * take 2<sup>64</sup> writes to fill.
 *
 * <p><b>Closing.</b> {@link #ring} comes from any thread and must not write to a number that already belongs to someone
 * else. So those who ring count themselves in and out, and {@link #close} first turns the count negative, which sends
 * away all that come later, and then waits for the few that are inside a call that never blocks.
 */
final class Bell {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final Fd fd;
    private final int number;
    private final ByteBuffer one = Memory.buffer(Long.BYTES).putLong(0, 1);
    private final long oneAddress = Memory.address(one);
    private final AtomicInteger ringing = new AtomicInteger();

    Bell() throws IOException {
        number = Libc.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (number < 0) {
            throw Failure.of(number, "eventfd");
        }
        fd = new Fd(number);
    }

    int number() {
        return number;
    }

    /** From any thread; after {@link #close} it does nothing. */
    void ring() {
        if (ringing.getAndIncrement() >= 0) {
            Sys.write(number, oneAddress, Long.BYTES);
        }
        ringing.getAndDecrement();
        Reference.reachabilityFence(one);
    }

    void close() throws IOException {
        if (fd.isOpen()) {
            ringing.getAndAdd(CLOSED);
            while (ringing.get() != CLOSED) {
                Thread.yield();
            }
            fd.close();
        }
    }
}
