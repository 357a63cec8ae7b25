package gyre.channel;

import gyre.future.AtomicTask;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of a channel see.
 *
 * <p><b>Counting.</b> {@code state} holds how many items were accepted and not yet taken out, and above them whether the
 * receiver has closed, and whether the last sender has. An item is accepted by raising the count, which fails once either
 * is so: each item that was accepted is either taken out or thrown away by the receiver, and none slips in behind its back.
 * The item itself may become visible a little later; a receiver that finds a count but no item waits, since its producer
 * will wake it. The number of senders never rises again from 0.
 *
 * <p><b>Back-pressure.</b> An item that is accepted above the capacity takes its sender's {@link Place}, which enters the
 * queue of waiting places before the item enters that of items. For each item that is taken out while there are more than
 * the capacity, the place that has waited longest is freed: so many senders are woken as can go on, and never are there more
 * items above the capacity than places taken. A place that is not in the queue yet is owed; its item can't be taken before
 * it is, so the last take finds all. The place of a sender that was closed meanwhile is one that no one needs any more, as is
 * the room it stood for.
 *
 * <p><b>Ordering.</b> All fields that both ends write are volatile or changed by compare-and-set. Closing sets its bit and
 * then frees all places; a sender that adds its place looks at the bit after that. One of the two sees the other.
 */
final class Shared<T> {
    private static final long CLOSED = 1L << 62;
    private static final long NO_SENDERS = 1L << 61;
    private static final long COUNT = NO_SENDERS - 1;
    private static final VarHandle STATE;
    private static final VarHandle SENDERS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Shared.class, "state", long.class);
            SENDERS = lookup.findVarHandle(Shared.class, "senders", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long capacity;
    private final ItemQueue<T> items = new ItemQueue<>();
    private final Queue<Place> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicTask receiver = new AtomicTask();
    private volatile long state;
    private volatile int senders = 1;
    private int owed; // places to free; the receiver's

    Shared(long capacity) {
        this.capacity = capacity;
    }

    // --- the senders' side, any thread

    /** Accepts an item, which may take the place; false if the receiver has closed, or all senders. */
    boolean offer(T item, Place place) {
        long before;
        do {
            before = state;
            if (before > COUNT) {
                return false;
            }
        } while (!STATE.weakCompareAndSet(this, before, before + 1));
        if (before >= capacity) {
            place.take();
            waiting.add(place);
            if (isClosed()) {
                freeAll();
            }
        }
        items.add(item);
        receiver.wake();
        return true;
    }

    boolean isClosed() {
        return state >= CLOSED;
    }

    /** Counts a further one; false if the last one has gone. */
    boolean addSender() {
        int before;
        do {
            before = senders;
            if (before == 0) {
                return false;
            }
        } while (!SENDERS.weakCompareAndSet(this, before, before + 1));
        return true;
    }

    void removeSender() {
        if ((int) SENDERS.getAndAdd(this, -1) == 1) {
            STATE.getAndBitwiseOr(this, NO_SENDERS);
            receiver.wake();
        }
    }

    // --- the receiver's side, one thread at a time

    AtomicTask receiver() {
        return receiver;
    }

    @Nullable T take() {
        T item = items.take();
        if (item != null) {
            long before = (long) STATE.getAndAdd(this, -1L) & COUNT;
            if (before > capacity) {
                owed++;
            }
            for (Place place; owed > 0 && (place = waiting.poll()) != null; owed--) {
                place.free();
            }
        }
        return item;
    }

    /** Whether no item is left and none will come: the count covers what can't be reached yet. */
    boolean hasEnded() {
        long now = state;
        return now > COUNT && (now & COUNT) == 0;
    }

    void close() {
        STATE.getAndBitwiseOr(this, CLOSED);
        freeAll();
    }

    private void freeAll() {
        for (Place place; (place = waiting.poll()) != null; ) {
            place.free();
        }
    }
}
