package gyre.channel;

import gyre.future.Poll;
import gyre.future.Sink;
import gyre.future.Task;
import java.io.Closeable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * Puts items into a {@link Channel}. What was accepted is delivered, unless the receiver is cancelled.
 *
 * <p><b>Threads.</b> Any. A sender of a bounded channel is used by one task or thread at a time: others take
 * {@linkplain #another another}. One of an unbounded channel may be shared. {@link #close} and {@link #isClosed} work from
 * any thread at any time.
 *
 * @param <T> the type of the items
 */
public final class Sender<T> implements Sink<T>, Closeable {
    private static final VarHandle OPEN;

    static {
        try {
            OPEN = MethodHandles.lookup().findVarHandle(Sender.class, "open", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Shared<T> shared;
    private final Place place = new Place();
    private volatile boolean open = true;

    Sender(Shared<T> shared) {
        this.shared = shared;
    }

    /**
     * Accepts an item if there is room: within the capacity, or in the one place that this sender has beyond it. Charges the
     * task's budget. A sender without room wakes the task when it has, in the order in which senders began to wait.
     *
     * @throws ReceiverClosedException if nobody will take it; the caller still has the item
     * @throws IllegalStateException if this sender was closed
     */
    @Override
    public boolean startSend(Task task, T item) throws ReceiverClosedException {
        Objects.requireNonNull(item, "item");
        if (pollReady(task).isPending() || !task.spend(1)) {
            return false;
        }
        offer(item);
        return true;
    }

    /**
     * The same without waiting.
     *
     * @return whether the item was accepted
     */
    public boolean trySend(T item) throws ReceiverClosedException {
        Objects.requireNonNull(item, "item");
        requireOpen();
        if (place.isTaken() && !shared.isClosed()) {
            return false;
        }
        offer(item);
        return true;
    }

    private void offer(T item) throws ReceiverClosedException {
        if (!shared.offer(item, place)) {
            requireOpen(); // another thread may have closed it just now
            throw new ReceiverClosedException();
        }
    }

    /**
     * Whether {@link #startSend} has room for an item. If not, the task is kept.
     *
     * @throws ReceiverClosedException if nobody will take it
     * @throws IllegalStateException if this sender was closed
     */
    public Poll<Void> pollReady(Task task) throws ReceiverClosedException {
        boolean waits = isHeldBack(task);
        requireOpen(); // after the task was kept: who closes wakes it
        if (shared.isClosed()) {
            throw new ReceiverClosedException();
        }
        return waits ? Poll.pending() : Poll.done();
    }

    /**
     * Ready when this sender is not held back: all it has sent fits into the capacity or was taken out. An item may wait
     * longer inside a channel that has room for it. A channel whose receiver was closed has nothing to wait for.
     */
    @Override
    public Poll<Void> pollFlush(Task task) {
        return isHeldBack(task) && !shared.isClosed() ? Poll.pending() : Poll.done();
    }

    private boolean isHeldBack(Task task) {
        if (!place.isTaken()) {
            return false;
        }
        place.sender.register(task);
        return place.isTaken();
    }

    /** Closes this sender, at once: what it has sent stays in the channel. */
    @Override
    public Poll<Void> pollClose(Task task) {
        close();
        return Poll.done();
    }

    /**
     * A further sender, which counts by itself: it has a place of its own, and has to be closed too.
     *
     * @throws IllegalStateException if this sender was closed
     */
    public Sender<T> another() {
        requireOpen();
        if (!shared.addSender()) {
            throw closed(); // just now
        }
        return new Sender<>(shared);
    }

    /** Whether the receiver takes no more: sending would fail. */
    public boolean isClosed() {
        return shared.isClosed();
    }

    /** Closes this sender. */
    @Override
    public void cancel() {
        close();
    }

    /**
     * Sends no more: a task that waits for room is woken to fail. When the last sender of a channel is closed, its receiver
     * gets what was accepted and then the end. Any number of times.
     */
    @Override
    public void close() {
        if (OPEN.compareAndSet(this, true, false)) {
            shared.removeSender();
            place.sender.wake();
        }
    }

    private void requireOpen() {
        if (!open) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("this sender was closed");
    }
}
