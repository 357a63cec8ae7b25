package gyre.net;

import gyre.io.Io;
import gyre.reactor.Handle;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How long a connection may keep its server waiting. A connection that misses one fails with {@link DeadlineException}: each
 * operation from then on, and whoever waits is woken to see it. It is its owner who then closes it, as after any failure.
 *
 * <p>{@code READ} and {@code WRITE} run from the moment that an operation finds nothing to do until one does something; while
 * nobody wants to read, or who did was cancelled, a silent peer misses nothing. A byte that has come before the failure was seen still counts, so a
 * loop that was held up itself doesn't make its peers late. The clock is the loop's; nothing is early.
 *
 * <p>{@code IDLE} does not catch a peer that sends a byte now and then; {@code TOTAL} does.
 *
 * @param firstByte from the start until something has come
 * @param idle while no byte goes either way
 * @param read while a read waits
 * @param write while a write, a flush or the end of the output waits
 * @param total from the start until it is closed
 */
public record Deadlines(Duration firstByte, Duration idle, Duration read, Duration write, Duration total) {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /** All of the time there is. */
    public static final Deadlines NONE = new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, FOREVER);

    /** Checks that each is above zero; one too long to count is as good as for ever. */
    public Deadlines {
        check("firstByte", firstByte);
        check("idle", idle);
        check("read", read);
        check("write", write);
        check("total", total);
    }

    private static void check(String name, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(name + " must be above zero: " + limit);
        }
    }

    /** The same with another one for the first byte. */
    public Deadlines firstByte(Duration limit) {
        return new Deadlines(limit, idle, read, write, total);
    }

    /** The same with another one for silence. */
    public Deadlines idle(Duration limit) {
        return new Deadlines(firstByte, limit, read, write, total);
    }

    /** The same with another one for reads. */
    public Deadlines read(Duration limit) {
        return new Deadlines(firstByte, idle, limit, write, total);
    }

    /** The same with another one for writes. */
    public Deadlines write(Duration limit) {
        return new Deadlines(firstByte, idle, read, limit, total);
    }

    /** The same with another one for everything. */
    public Deadlines total(Duration limit) {
        return new Deadlines(firstByte, idle, read, write, limit);
    }

    /**
     * A connection that keeps these, from now on. It owns the given one, which is used through it only. It costs one timer,
     * and a look at the clock for an operation that waits, with {@code idle} for each.
     *
     * <p>Loop thread only, to close from any.
     *
     * @param io a connection of the handle's loop
     * @throws IllegalStateException off the loop's thread
     */
    public Io on(Io io, Handle handle) {
        return new DeadlineIo(io, this, handle);
    }

    /** One of them. */
    public Duration limit(Deadline which) {
        return switch (which) {
            case FIRST_BYTE -> firstByte;
            case IDLE -> idle;
            case READ -> read;
            case WRITE -> write;
            case TOTAL -> total;
        };
    }
}
