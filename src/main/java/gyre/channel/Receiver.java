package gyre.channel;

import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * Takes items out of a {@link Channel}: a stream that never fails. Those of one sender come in the order in which they were
 * sent. It ends when all senders are closed, or this is, and everything that was accepted has been taken out.
 *
 * <p><b>Threads.</b> Any, one task or thread at a time; {@link #close} from any thread at any time.
 *
 * @param <T> the type of the items
 */
public final class Receiver<T> implements Stream<T>, Closeable {
    private final Shared<T> shared;
    private boolean cancelled;

    Receiver(Shared<T> shared) {
        this.shared = shared;
    }

    /** The next item. Charges the task's budget. After the end it answers the end again. */
    @Override
    public Poll<T> poll(Task task) {
        if (!task.spend(0)) {
            return Poll.pending();
        }
        Poll<T> next = next();
        if (next.isPending()) {
            shared.receiver().register(task);
            next = next();
        }
        if (!next.isPending()) {
            task.spend(1);
        }
        return next;
    }

    private Poll<T> next() {
        T item = tryReceive();
        return item != null ? Poll.ready(item) : cancelled || shared.hasEnded() ? Poll.end() : Poll.pending();
    }

    /** The next item if there is one now, or null: there is none yet, or the end has come. */
    public @Nullable T tryReceive() {
        return cancelled ? null : shared.take();
    }

    /**
     * Accepts no more: senders fail with {@link ReceiverClosedException}, those that wait are woken to do so. What was
     * accepted can still be taken out; then comes the end. Any number of times.
     */
    @Override
    public void close() {
        shared.close();
        shared.receiver().wake(); // a task that waits for more may be at the end now
    }

    /** Closes, and drops what was accepted and not taken out; what is just being sent goes when the senders do. */
    @Override
    public void cancel() {
        close();
        cancelled = true;
        while (shared.take() != null) {}
    }
}
