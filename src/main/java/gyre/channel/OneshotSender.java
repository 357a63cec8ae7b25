package gyre.channel;

import gyre.future.Poll;
import gyre.future.Task;
import java.io.Closeable;
import java.util.Objects;

/**
 * The sending end of a {@link Oneshot}. From any thread; {@link #pollCanceled} by one task at a time.
 *
 * @param <T> the type of the value
 */
public final class OneshotSender<T> implements Closeable {
    private final OneshotState<T> state;

    OneshotSender(OneshotState<T> state) {
        this.state = state;
    }

    /**
     * Sends the value. Later calls, and those after {@link #close}, do nothing.
     *
     * @return whether it was sent; if not, the receiver has gone, or something was sent before, and the caller still has it
     */
    public boolean send(T value) {
        boolean sent = state.set(Objects.requireNonNull(value, "value"));
        if (sent) {
            state.receiver.wake();
        }
        return sent;
    }

    /** Ready when there is nothing left to send to, as {@link #isCanceled} says. If not, the task is kept. */
    public Poll<Void> pollCanceled(Task task) {
        state.sender.register(task);
        return isCanceled() ? Poll.done() : Poll.pending();
    }

    /**
     * Whether the receiver has gone, or has the value already, or this was closed without one. A value that was sent and not
     * yet received is not canceled by {@link OneshotReceiver#close}, only by its {@code cancel}.
     */
    public boolean isCanceled() {
        Object content = state.content();
        return content == OneshotState.CLOSED || content == OneshotState.UNSENT;
    }

    /** Gives up: unless a value was sent, the receiver fails. From any thread at any time, any number of times. */
    @Override
    public void close() {
        if (state.set(OneshotState.UNSENT)) {
            state.receiver.wake();
            state.sender.wake(); // who waits for the receiver to go waits in vain
        }
    }
}
