package gyre.buffer;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The off-heap buffers of one loop: all that are taken have one size, last in, first out, so that a busy loop reads into
 * memory that is still in the cache, and connections that wait hold none. What has to wait in a buffer waits in one of about
 * its own size: {@link #keep} moves it there.
 *
 * <p>Bounded: at most {@code maxBytes} exist at a time, of all sizes together, or what the JVM's limit on direct memory
 * allows if that is less. Memory that has not been needed for a while is let go by {@link #trim}; it returns to the system
 * when the garbage collector finds it.
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

    private static final int SPARED = 4;

    /** Each smaller size is a quarter of the one before. */
    private static final int STEP_BITS = 2;

    private static final int LEAST_SIZE = 1 << 10;

    private static final Logger LOG = System.getLogger(BufPool.class.getName());

    private final int size;
    private final long maxBytes;
    private final @Nullable Loans loans; // null unless checked
    private final IntFunction<ByteBuffer> memory;
    private final Shelf whole;
    private final Shelf[] smaller; // the smallest comes first
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    // What the JVM has refused since the last trim: as much isn't asked for again and again, since each time it
    // collects
    // garbage and sleeps for half a second before it refuses.
    private int refused = Integer.MAX_VALUE;
    private long bytes;
    private int taken;
    private int smallIdle; // on the shelves of the smaller: the loop asks each turn whether there are any
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
        this(size, maxBytes, checked, Buf::memory);
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
        this.loans = checked ? new Loans() : null;
        this.memory = memory;
        this.whole = new Shelf(size, SPARED);
        this.smaller = new Shelf[sizesBelow(size)];
        for (int i = 0; i < smaller.length; i++) {
            smaller[i] = new Shelf(size >> STEP_BITS * (smaller.length - i), 0);
        }
    }

    private static int sizesBelow(int size) {
        int count = 0;
        while (size >> STEP_BITS * (count + 1) >= LEAST_SIZE) {
            count++;
        }
        return count;
    }

    /** Bytes of each buffer that is taken. */
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
        return tryTake(whole);
    }

    /**
     * An empty buffer of the smallest size that holds so many bytes, for who may hold it long: at most some four times as
     * large, or 1 KiB. Null where {@link #tryTake()} answers null, and if {@link #size} is less.
     *
     * @param bytes at least 0
     */
    public @Nullable Buf tryTake(int bytes) {
        for (Shelf shelf : smaller) {
            if (shelf.size >= bytes) {
                return tryTake(shelf);
            }
        }
        return bytes <= size ? tryTake() : null;
    }

    private @Nullable Buf tryTake(Shelf shelf) {
        Buf buf = shelf.poll();
        if (buf == null) {
            buf = create(shelf);
            if (buf == null) {
                return null;
            }
        } else if (shelf != whole) {
            smallIdle--;
        }
        takes++;
        taken++;
        buf.idle = false;
        return loans == null ? buf : loans.lend(buf);
    }

    /**
     * A new buffer outside the pool and its bound, for who can't wait until there is one in it. Its memory goes when it is
     * collected. If the JVM has refused as much since {@link #trim}, this fails without asking again.
     *
     * @param capacity at least 0
     * @throws IOException if the JVM's limit on direct memory is reached
     */
    public Buf allocate(int capacity) throws IOException {
        OutOfMemoryError why = null;
        if (capacity < refused) {
            try {
                return new Buf(memory.apply(capacity));
            } catch (OutOfMemoryError e) {
                refused(capacity, e);
                why = e;
            }
        }
        throw new IOException("no direct memory for " + capacity + " bytes", why);
    }

    /**
     * For who has to hold what is readable until something else happens: moves it to a smaller buffer if there is one that
     * is at most a quarter of this and holds it, and takes this one back. What is held then takes at most some four times its
     * bytes, or 1 KiB; what would not shrink is not copied.
     *
     * @return the buffer that the caller holds from now on, and gives back: the given one if nothing was moved, for want of
     *     memory too. It may have no room to append
     * @throws IllegalArgumentException if it is not from this pool
     */
    public Buf keep(Buf buf) {
        requireOwn(buf);
        for (Shelf shelf : smaller) {
            if (shelf.size >= buf.capacity()) {
                return buf;
            }
            if (shelf.size >= buf.readable()) {
                Buf small = tryTake(shelf);
                if (small == null) {
                    return buf;
                }
                small.transferFrom(buf);
                release(buf);
                return small;
            }
        }
        return buf;
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
        requireOwn(buf);
        Buf given = loans == null || buf.lease == null ? buf : loans.settle(buf, buf.lease);
        if (given.idle) {
            throw new IllegalStateException("the buffer is released twice: " + buf);
        }
        shelve(given);
        if (!waiting.isEmpty()) {
            wakeWaiting();
        }
    }

    private void requireOwn(Buf buf) {
        if (buf.pool != this) {
            throw new IllegalArgumentException("not from this pool: " + buf);
        }
    }

    /** Whether {@link #trim} has something to let go, now or when it is called once more. */
    public boolean excess() {
        return whole.excess() || smallIdle > 0 || refused < Integer.MAX_VALUE;
    }

    /** Lets go the buffers that no one has needed since the last call, except a few, and asks the JVM anew. The loop calls it, at most once a second. */
    public void trim() {
        bytes -= (long) whole.trim() * size;
        for (Shelf shelf : smaller) {
            int trimmed = shelf.trim();
            bytes -= (long) trimmed * shelf.size;
            smallIdle -= trimmed;
        }
        refused = Integer.MAX_VALUE;
    }

    /** The state of the pool now. */
    public Stats stats() {
        if (loans != null) {
            reportLost(loans);
        }
        return new Stats(size, maxBytes, bytes, taken, whole.idle() + smallIdle, takes, misses, leaks);
    }

    /**
     * A pool's figures.
     *
     * @param size bytes of a buffer that is taken
     * @param maxBytes the bound
     * @param bytes memory in existence, taken or idle, of all sizes
     * @param taken buffers that are out, of all sizes
     * @param idle buffers that are here, of all sizes
     * @param takes loans so far
     * @param misses loans that needed new memory
     * @param leaks loans that were lost, as far as checked mode has seen
     */
    public record Stats(
            int size, long maxBytes, long bytes, int taken, int idle, long takes, long misses, long leaks) {}

    private @Nullable Buf create(Shelf shelf) {
        if (bytes + shelf.size > maxBytes && !makeRoom(shelf.size)) {
            return null;
        }
        OutOfMemoryError why = null;
        if (shelf.size < refused) {
            try {
                Buf buf = new Buf(memory.apply(shelf.size));
                buf.pool = this;
                buf.shelf = shelf;
                bytes += shelf.size;
                misses++;
                return buf;
            } catch (OutOfMemoryError e) {
                refused(shelf.size, e);
                why = e;
            }
        }
        if (taken == 0 && shelf == whole) {
            throw new IllegalStateException("no direct memory for one buffer of " + size + " bytes", why);
        }
        return null;
    }

    private void refused(int wanted, OutOfMemoryError e) {
        refused = wanted;
        LOG.log(Logger.Level.DEBUG, () -> "no direct memory for " + wanted + " bytes, the pool has " + bytes, e);
    }

    /** Lets go idle buffers of other sizes, small ones first, until there is so much room; whether there is. */
    private boolean makeRoom(int wanted) {
        for (Shelf shelf : smaller) {
            while (bytes + wanted > maxBytes && shelf.drop()) {
                bytes -= shelf.size;
                smallIdle--;
            }
        }
        while (bytes + wanted > maxBytes && whole.drop()) {
            bytes -= size;
        }
        return bytes + wanted <= maxBytes;
    }

    private void shelve(Buf buf) {
        taken--;
        buf.clear();
        buf.idle = true;
        Shelf shelf = Objects.requireNonNull(buf.shelf);
        shelf.add(buf);
        if (shelf != whole) {
            smallIdle++;
        }
    }

    /**
     * Who is called may wait again at once, for the next time; or take and release, which calls the rest. That one
     * fails, which none may, is not the releaser's fault, and the others' neither.
     */
    private void wakeWaiting() {
        for (int i = waiting.size(); i > 0; i--) {
            Runnable next = waiting.poll();
            if (next != null) {
                try {
                    next.run();
                } catch (RuntimeException e) {
                    LOG.log(Logger.Level.WARNING, "one who waited for a buffer failed when it was woken", e);
                }
            }
        }
    }

    private void reportLost(Loans book) {
        for (Lease lease; (lease = book.nextLost()) != null; ) {
            leaks++;
            shelve(lease.memory());
            LOG.log(
                    Logger.Level.WARNING,
                    "a buffer of " + lease.memory().capacity() + " bytes was lost without a release",
                    lease.taken());
        }
    }
}
