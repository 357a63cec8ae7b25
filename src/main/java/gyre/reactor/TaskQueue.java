package gyre.reactor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that want to run, first in, first out; any thread pushes, the loop takes. Dmitry Vyukov's intrusive
 * multi-producer queue (1024cores.net, "Intrusive MPSC node-based queue"): the task is its own node, so that waking
 * allocates nothing. Added to it are a mark, which ends a step at the tasks that were there when it began, and the flag
 * by which producers know that the loop sleeps.
 *
 * <p><b>Assumptions.</b> A node is pushed again only after it was taken. {@link #mark}, {@link #next}, {@link #forEach},
 * {@link #park} and {@link #unpark} are called by one thread at a time, with a happens-before edge between two such threads.
 *
 * <p><b>Guarantees.</b> Pushing is wait-free: one exchange, one store. A producer that is held up between the two hides
 * later nodes until it goes on; meanwhile the queue is not empty, so that the loop looks again instead of going to sleep.
 * Nodes of one thread stay in order.
 *
 * <p><b>Ordering.</b> {@code newest.getAndSet} is a full fence. {@code next.setRelease} pairs with {@code next.getAcquire}:
 * what a producer did before the push is seen by whoever takes the node. <i>Parking</i> is Dekker's pattern: the loop does
 * {@code parked.setVolatile(true)}, then reads {@code newest}; a producer exchanges {@code newest}, then reads
 * {@code parked}. All four are sequentially consistent, so at least one of the two sees the other: no wake-up is lost.
 * {@code parked.compareAndSet} lets one producer win, so that each time the loop lies down costs at most one call.
 */
final class TaskQueue {
    /** What a task has in common with the queue's own stub. */
    static class Node {
        private volatile @Nullable Node next;
    }

    private static final VarHandle NEXT;
    private static final VarHandle NEWEST;
    private static final VarHandle PARKED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
            NEWEST = lookup.findVarHandle(TaskQueue.class, "newest", Node.class);
            PARKED = lookup.findVarHandle(TaskQueue.class, "parked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Node stub = new Node();
    private volatile Node newest = stub;
    private volatile boolean parked;
    private Node oldest = stub;
    private @Nullable Node last;

    /**
     * Appends a node, from any thread.
     *
     * @return whether the loop has to be rung: it has said that it sleeps, and no one else rings
     */
    boolean push(Node node) {
        link(node);
        return parked && PARKED.compareAndSet(this, true, false);
    }

    private void link(Node node) {
        NEXT.setOpaque(node, null);
        Node previous = (Node) NEWEST.getAndSet(this, node);
        NEXT.setRelease(previous, node);
    }

    /** Whether nothing is there; a node that is half linked counts as there. Loop only. */
    boolean isEmpty() {
        return oldest == stub && newest == stub;
    }

    /** Shows the nodes that are there, up to where a producer is held up. Loop only. */
    void forEach(Consumer<Node> consumer) {
        for (Node node = oldest; node != null; node = (Node) NEXT.getAcquire(node)) {
            if (node != stub) {
                consumer.accept(node);
            }
        }
    }

    /** Begins a step: {@link #next} gives the nodes that are there now, and no later ones. Loop only. */
    void mark() {
        last = isEmpty() ? null : newest;
    }

    /** The next node of the step; null at its end, or where a producer is held up. Loop only. */
    @Nullable Node next() {
        Node end = last;
        if (end == null) {
            return null;
        }
        Node node = oldest;
        Node next = (Node) NEXT.getAcquire(node);
        if (node == stub) {
            if (node == end) {
                last = null;
            }
            if (next == null) {
                return null;
            }
            oldest = next;
            if (last == null) {
                return null;
            }
            node = next;
            next = (Node) NEXT.getAcquire(node);
        }
        if (next == null) {
            if (node != newest) {
                return null;
            }
            link(stub);
            next = (Node) NEXT.getAcquire(node);
            if (next == null) {
                return null;
            }
        }
        oldest = next;
        if (node == end) {
            last = null;
        }
        return node;
    }

    /**
     * Says that the loop is about to sleep. Loop only.
     *
     * @return false if it must not, since something is there
     */
    boolean park() {
        PARKED.setVolatile(this, true);
        if (isEmpty()) {
            return true;
        }
        unpark();
        return false;
    }

    /** Says that the loop is awake. Loop only. */
    void unpark() {
        PARKED.setOpaque(this, false);
    }
}
