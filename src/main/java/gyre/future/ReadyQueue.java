package gyre.future;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The children of one task that were woken and wait for their poll: an intrusive queue, many producers to one consumer
 * (D. Vyukov's, as in futures-rs), and the task to tell.
 *
 * <p><b>Assumptions.</b> {@link #take}, {@link #isEmpty}, {@link #tell} and {@link Node#arm} are called by one thread at a
 * time, each call after the one before it (the loop). {@link Node#wake} is called by any thread.
 *
 * <p><b>Guarantees.</b> A node is in the queue at most once; a wake of a node that is in it already does nothing. A wake
 * after {@link Node#arm} puts it in again, and whatever the waking thread wrote before is visible to the poll that
 * follows the next {@code arm}. Once {@code tell(task)} has returned, either {@code isEmpty} sees a push or the pushing
 * thread wakes that task.
 *
 * <p><b>Progress.</b> Waking is wait-free. A producer that was stopped between its two steps hides what others push after
 * it: {@code isEmpty} is false and {@code take} gives null until it goes on; the consumer must not wait but come again.
 */
final class ReadyQueue {
    private static final VarHandle TAIL;
    private static final VarHandle TASK;
    private static final VarHandle NEXT;
    private static final VarHandle QUEUED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(ReadyQueue.class, "tail", Node.class);
            TASK = lookup.findVarHandle(ReadyQueue.class, "task", Task.class);
            NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
            QUEUED = lookup.findVarHandle(Node.class, "queued", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A child, seen as the task that is handed to it. */
    static class Node implements Task {
        private final ReadyQueue queue;
        private @Nullable Node next;
        private boolean queued;

        Node(ReadyQueue queue) {
            this.queue = queue;
        }

        @Override
        public final void wake() {
            // getAndSet, also when it is set already: releases what the waker wrote to the arm() that reads it
            if (!(boolean) QUEUED.getAndSet(this, true)) {
                queue.push(this);
                // getVolatile: after the push, see tell()
                Task task = (Task) TASK.getVolatile(queue);
                if (task != null) {
                    task.wake();
                }
            }
        }

        @Override
        public final boolean spend(int cost) {
            Task task = queue.task; // plain: only this thread writes it
            while (task instanceof Node outer) { // a loop, since sets may be nested deeply
                task = outer.queue.task;
            }
            if (task == null || task.spend(cost)) {
                return true;
            }
            wake();
            return false;
        }

        /** Before a poll of a node that was taken: from here on a wake counts again. */
        final void arm() {
            // getAndSet: acquires what coalesced wakes released
            QUEUED.getAndSet(this, false);
        }

        /** Puts a new node in without telling the task; or, of one that has ended, lets no wake put it in again. */
        final void enqueueOrRetire(boolean enqueue) {
            // setOpaque: a new node is not shared yet, and an ended one is never polled again
            QUEUED.setOpaque(this, true);
            if (enqueue) {
                queue.push(this);
            }
        }
    }

    private final Node stub = new Node(this);
    private Node head = stub;
    private Node tail = stub;
    private @Nullable Task task;

    /** Names the task that later wakes are passed on to; null for none. Before {@code isEmpty}, so that no wake is lost. */
    void tell(@Nullable Task newTask) {
        if (task != newTask) {
            // setVolatile, then getVolatile of tail in isEmpty(); the waker swaps tail, then getVolatile of task
            TASK.setVolatile(this, newTask);
        }
    }

    /** Whether nothing is here, or on its way. */
    boolean isEmpty() {
        return head == stub && TAIL.getVolatile(this) == stub;
    }

    /** The node that was woken first; null if there is none, or if it is not yet linked. */
    @Nullable Node take() {
        Node first = head;
        Node second = (Node) NEXT.getAcquire(first); // pairs with setRelease in push
        if (first == stub) {
            if (second == null) {
                return null;
            }
            first = second;
            head = first;
            second = (Node) NEXT.getAcquire(first);
        }
        if (second == null) {
            if (TAIL.getAcquire(this) != first) {
                return null;
            }
            push(stub); // the last node can be taken only when another one follows it
            second = (Node) NEXT.getAcquire(first);
            if (second == null) {
                return null;
            }
        }
        head = second;
        return first;
    }

    private void push(Node node) {
        NEXT.set(node, null); // plain: released by the swap and the link
        Node before = (Node) TAIL.getAndSet(this, node);
        NEXT.setRelease(before, node);
    }
}
