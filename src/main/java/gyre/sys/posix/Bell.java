package gyre.sys.posix;

import static gyre.natives.Layout.EFD_CLOEXEC;
import static gyre.natives.Layout.EFD_NONBLOCK;

import gyre.natives.Libc;
import gyre.natives.Memory;
import gyre.natives.Sys;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * An eventfd that wakes a selector. Watched edge-triggered and never read: every write is an edge, and the counter would
 * take 2<sup>64</sup> writes to fill.
 */
final class Bell {
    private final Fd fd;
    private final int number;
    private final ByteBuffer one = Memory.buffer(Long.BYTES).putLong(0, 1);
    private final long oneAddress = Memory.address(one);
    private final Gate gate = new Gate();

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
        if (gate.enter()) {
            Sys.write(number, oneAddress, Long.BYTES);
        }
        gate.leave();
        Reference.reachabilityFence(one);
    }

    void close() throws IOException {
        if (fd.isOpen()) {
            gate.close();
            fd.close();
        }
    }
}
