package gyre.buffer;

import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The off-heap buffers of one loop: all of one size, last in, first out, so that a busy loop reads into memory that is
 * still in the cache, and connections that wait hold none.
 *
 * <p>Bounded: at most {@code maxBytes} exist at a time, or what the JVM's limit on direct memory allows if that is less.
 * Memory that has not been needed for a while is let go by {@link #trim}; it returns to the system when the garbage
 * collector finds it.
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

    /** The system property by which loops decide whether their pools are checked: {@code true} or {@code false}. */
    public static final String CHECKED_PROPERTY = "gyre.buffer.checked";

    private static final int KEPT = 4;
    private static final Logger LOG = System.getLogger(BufPool.class.getName());

    private final int size;
    private final long maxBytes;
    private final @Nullable Loans loans; // null unless checked
    private final IntFunction<ByteBuffer> memory;
    private final ArrayDeque<Buf> idle = new ArrayDeque<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    // The most that may be out: lowered when the JVM refuses memory, so that it isn't asked again and again (each time
    // it
    // collects garbage and sleeps before it refuses), and restored by trim.
    private long bound;
    private int taken;
    private int leastIdle; // since the last trim
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
        this(size, maxBytes, checked, ByteBuffer::allocateDirect);
    }

    BufPool(int size, long maxBytes, boolean checked, IntFunction<ByteBuffer> memory) {
        if (size < 1) {
            throw new IllegalArgumentException("a buffer's size must be at least 1: " + size);
        }
        if (maxBytes < size) {
            throw new IllegalArgumentException("maxBytes must hold one buffer of " + size + " bytes: " + maxBytes);
        }
        this.size = size;
        this.maxBytes = maxBytes;
        this.bound = maxBytes / size;
        this.loans = checked ? new Loans() : null;
        this.memory = memory;
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

    /**
     * An empty buffer, or null if the bound or the JVM's limit on direct memory is reached.
     *
     * @throws IllegalStateException if there is no memory for even one buffer: nobody would give one back
     */
    public @Nullable Buf tryTake() {
        if (loans != null) {
            reportLost(loans);
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
        return loans == null ? buf : loans.lend(buf);
    }

    /**
     * Calls {@code wake} once, inside a later {@link #release}: there is a buffer again, for whoever comes first. All who
     * wait are called, since one of them may have lost interest; who finds none then waits again.
     */
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
        if (buf.pool != this) {
            throw new IllegalArgumentException("not from this pool: " + buf);
        }
        Buf given = loans == null || buf.lease == null ? buf : loans.settle(buf, buf.lease);
        if (given.idle) {
            throw new IllegalStateException("the buffer is released twice: " + buf);
        }
        shelve(given);
        if (!waiting.isEmpty()) {
            wakeWaiting();
        }
    }

    /** Whether {@link #trim} has something to let go, now or when it is called once more. */
    public boolean excess() {
        return idle.size() > KEPT;
    }

    /** Lets go the buffers that no one has needed since the last call, except a few. The loop calls it, at most once a second. */
    public void trim() {
        for (int spare = Math.min(leastIdle, idle.size()) - KEPT; spare > 0; spare--) {
            idle.removeFirst();
        }
        leastIdle = idle.size();
        bound = maxBytes / size;
    }

    /** The state of the pool now. */
    public Stats stats() {
        if (loans != null) {
            reportLost(loans);
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
        if (taken >= bound) {
            return null;
        }
        try {
            Buf buf = new Buf(memory.apply(size));
            buf.pool = this;
            misses++;
            return buf;
        } catch (OutOfMemoryError e) {
            if (taken == 0) {
                throw new IllegalStateException("no direct memory for one buffer of " + size + " bytes", e);
            }
            bound = taken;
            LOG.log(Logger.Level.DEBUG, () -> "no direct memory for more than " + taken + " buffers of " + size, e);
            return null;
        }
    }

    private void shelve(Buf buf) {
        taken--;
        buf.clear();
        buf.idle = true;
        idle.addLast(buf);
    }

    /** Who is called may wait again at once, for the next time; or take and release, which calls the rest. */
    private void wakeWaiting() {
        for (int i = waiting.size(); i > 0; i--) {
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            }
        }
    }

    private void reportLost(Loans book) {
        for (Lease lease; (lease = book.nextLost()) != null; ) {
            leaks++;
            shelve(lease.memory());
            LOG.log(Logger.Level.WARNING, "a buffer of " + size + " bytes was lost without a release", lease.taken());
        }
    }
}
