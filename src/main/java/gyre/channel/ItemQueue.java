package gyre.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A queue without a bound, for many producers and one consumer: Dmitry Vyukov's, with a node an item (1024cores.net,
 * "Non-intrusive MPSC node-based queue").
 *
 * <p><b>Assumptions.</b> {@link #take} is called by one thread at a time, with a happens-before edge between two such
 * threads; {@link #add} by any.
 *
 * <p><b>Guarantees.</b> Adding is wait-free: one exchange, one store. The items of one thread stay in order. A producer that
 * is held up between the two hides what others add after it; {@code take} then gives null, and the producer must cause
 * another look when it has gone on.
 *
 * <p><b>Ordering.</b> {@code newest.getAndSet} is a full fence. {@code next} is written with a volatile store: what the
 * producer did before is seen by whoever takes the item, and what it reads afterwards, above all whether the consumer
 * waits, is read after the item can be found. A node that has been passed is cut off with a plain write, since nobody looks at
 * it again: else one that the collector counts as old would keep all younger ones alive.
 */
final class ItemQueue<T> {
    private static final VarHandle NEWEST;
    private static final VarHandle NEXT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEWEST = lookup.findVarHandle(ItemQueue.class, "newest", Node.class);
            NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Node<T> {
        private @Nullable T item;
        private volatile @Nullable Node<T> next;

        Node(@Nullable T item) {
            this.item = item;
        }
    }

    /** Whose item has been taken. */
    private Node<T> oldest = new Node<>(null);

    private volatile Node<T> newest = oldest;

    @SuppressWarnings("unchecked") // the field holds nothing else
    void add(T item) {
        Node<T> node = new Node<>(item);
        Node<T> previous = (Node<T>) NEWEST.getAndSet(this, node);
        previous.next = node;
    }

    /** The oldest item, or null if there is none, or it can't be reached yet. */
    @Nullable T take() {
        Node<T> node = oldest.next;
        if (node == null) {
            return null;
        }
        T item = node.item;
        node.item = null;
        NEXT.set(oldest, null);
        oldest = node;
        return item;
    }
}
