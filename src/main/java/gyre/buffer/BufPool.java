package gyre.buffer;

import java.lang.System.Logger;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The off-heap buffers of one loop: all of one size, last in, first out, so that a busy loop reads into memory that is
 * still in the cache, and connections that wait hold none.
 *
 * <p>Bounded: at most {@code maxBytes} exist at a time. Memory that has not been needed for a while is let go by
 * {@link #trim}; it returns to the system when the garbage collector finds it.
 *
 * <p><b>Checked mode</b> gives out each loan as an object of its own: use after release fails, and a buffer that is
 * lost is reported with the place where it was taken. It allocates and is meant for tests. Releasing twice fails in
 * either mode.
 */
public final class BufPool {
    /** Bytes of a buffer unless told otherwise: large enough that deep and large traffic needs few calls. */
    public static final int DEFAULT_SIZE = 256 << 10;

    /** Bytes of all buffers together unless told otherwise. */
    public static final long DEFAULT_MAX_BYTES = 512L << 20;

    private static final int KEPT = 4;
    private static final Logger LOG = System.getLogger(BufPool.class.getName());

    private final int size;
    private final long maxBytes;
    private final boolean checked;
    private final ArrayDeque<Buf> idle = new ArrayDeque<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final ReferenceQueue<Buf> lost = new ReferenceQueue<>();
    private final Map<Lease, Loan> loans = new HashMap<>();
    private int taken;
    private int leastIdle;
    private long takes;
    private long misses;
    private long leaks;

    /**
     * An empty pool.
     *
     * @param size bytes of each buffer, at least 1
     * @param maxBytes bound on all buffers together, at least {@code size}
     * @param checked whether misuse is tracked, at the price of allocation
     */
    public BufPool(int size, long maxBytes, boolean checked) {
        if (size < 1) {
            throw new IllegalArgumentException("a buffer's size must be at least 1: " + size);
        }
        if (maxBytes < size) {
            throw new IllegalArgumentException("maxBytes must hold one buffer of " + size + " bytes: " + maxBytes);
        }
        this.size = size;
        this.maxBytes = maxBytes;
        this.checked = checked;
    }

    /** Bytes of each buffer. */
    public int size() {
        return size;
    }

    /**
     * An empty buffer; the caller gives it back, once.
     *
     * @throws IllegalStateException if all that the bound allows are taken; {@link #tryTake} answers null instead
     */
    public Buf take() {
        Buf buf = tryTake();
        if (buf == null) {
            throw new IllegalStateException(
                    "all " + taken + " buffers of " + size + " bytes are taken (bound: " + maxBytes + " bytes)");
        }
        return buf;
    }

    /** An empty buffer, or null if the bound or the JVM's limit on direct memory is reached. */
    public @Nullable Buf tryTake() {
        if (checked) {
            reportLost();
        }
        Buf buf = idle.pollLast();
        if (buf == null) {
            buf = allocate();
            if (buf == null) {
                return null;
            }
        } else if (idle.size() < leastIdle) {
            leastIdle = idle.size();
        }
        takes++;
        taken++;
        buf.idle = false;
        return checked ? lend(buf) : buf;
    }

    /** Calls {@code wake} once, inside a later {@link #release}: there is a buffer again, for whoever comes first. */
    public void whenAvailable(Runnable wake) {
        waiting.add(wake);
    }

    /**
     * Takes a buffer back, whatever it holds.
     *
     * @throws IllegalStateException if it was given back before
     * @throws IllegalArgumentException if it is not from this pool
     */
    public void release(Buf buf) {
        Buf memory = checked ? settle(buf) : buf;
        if (memory.pool != this) {
            throw new IllegalArgumentException("not from this pool: " + buf);
        }
        if (memory.idle) {
            throw new IllegalStateException("released twice: " + buf);
        }
        taken--;
        shelve(memory);
        for (int i = waiting.size(); i > 0; i--) {
            waiting.remove().run();
        }
    }

    /** Whether {@link #trim} would let something go. */
    public boolean excess() {
        return Math.min(leastIdle, idle.size()) > KEPT;
    }

    /** Lets go the buffers that no one has needed since the last call, except a few. The loop calls it, at most once a second. */
    public void trim() {
        for (int spare = Math.min(leastIdle, idle.size()) - KEPT; spare > 0; spare--) {
            idle.removeFirst();
        }
        leastIdle = idle.size();
    }

    /** The state of the pool now. */
    public Stats stats() {
        if (checked) {
            reportLost();
        }
        return new Stats(size, maxBytes, (long) size * (taken + idle.size()), taken, idle.size(), takes, misses, leaks);
    }

    /**
     * A pool's figures.
     *
     * @param size bytes of a buffer
     * @param maxBytes the bound
     * @param bytes memory in existence, taken or idle
     * @param taken buffers that are out
     * @param idle buffers that are here
     * @param takes loans so far
     * @param misses loans that needed new memory
     * @param leaks loans that were lost, as far as checked mode has seen
     */
    public record Stats(
            int size, long maxBytes, long bytes, int taken, int idle, long takes, long misses, long leaks) {}

    private @Nullable Buf allocate() {
        if ((long) size * (taken + 1) > maxBytes) {
            return null;
        }
        try {
            Buf buf = new Buf(ByteBuffer.allocateDirect(size), null);
            buf.pool = this;
            misses++;
            return buf;
        } catch (OutOfMemoryError e) {
            if (taken == 0) { // nobody will ever give one back
                throw e;
            }
            LOG.log(Logger.Level.DEBUG, "no direct memory for another buffer of {0} bytes: {1}", size, e.getMessage());
            return null;
        }
    }

    private void shelve(Buf memory) {
        memory.clear();
        memory.idle = true;
        idle.addLast(memory);
    }

    private Buf lend(Buf memory) {
        Lease lease = new Lease(memory);
        Buf loan = memory.leased(lease);
        loans.put(lease, new Loan(loan, lease, lost));
        return loan;
    }

    private Buf settle(Buf loan) {
        Lease lease = loan.lease;
        if (lease == null) {
            throw new IllegalArgumentException("not from this pool: " + loan);
        }
        lease.end();
        loans.remove(lease);
        loan.revoke();
        return lease.memory();
    }

    private void reportLost() {
        for (Object dead; (dead = lost.poll()) != null; ) {
            Lease lease = ((Loan) dead).lease;
            if (loans.remove(lease) != null) {
                leaks++;
                taken--;
                shelve(lease.memory());
                LOG.log(
                        Logger.Level.WARNING,
                        "a buffer of " + size + " bytes was lost without a release",
                        lease.taken());
            }
        }
    }

    private static final class Loan extends PhantomReference<Buf> {
        final Lease lease;

        Loan(Buf loan, Lease lease, ReferenceQueue<Buf> lost) {
            super(loan, lost);
            this.lease = lease;
        }
    }
}
