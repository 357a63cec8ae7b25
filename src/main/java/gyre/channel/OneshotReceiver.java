package gyre.channel;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.Closeable;
import java.util.concurrent.CancellationException;

/**
 * The receiving end of a {@link Oneshot}: the future of its value. It fails with {@link CancellationException} if the sender
 * is closed without one, or this was closed before.
 *
 * <p>Cancel: tells the sender; a value that was sent already is dropped. From any thread, one task or thread at a time;
 * {@link #close} from any at any time.
 *
 * @param <T> the type of the value
 */
public final class OneshotReceiver<T> implements Future<T>, Closeable {
    private final OneshotState<T> state;
    private boolean done;

    OneshotReceiver(OneshotState<T> state) {
        this.state = state;
    }

    @Override
    public Poll<T> poll(Task task) {
        Poll<T> now = tryReceive();
        if (now.isPending()) {
            state.receiver.register(task);
            now = tryReceive();
        }
        return now;
    }

    /**
     * The value if it is there now, else pending.
     *
     * @throws CancellationException if there will be none
     * @throws IllegalStateException if it was given, or refused, before
     */
    @SuppressWarnings("unchecked") // what is none of the marks is what the sender gave
    public Poll<T> tryReceive() {
        if (done) {
            throw new IllegalStateException("polled after it was done");
        }
        Object content = state.content();
        if (content == null) {
            return Poll.pending();
        }
        done = true;
        if (content == OneshotState.UNSENT) {
            throw new CancellationException("the sender was closed without a value");
        }
        if (content == OneshotState.CLOSED) {
            throw new CancellationException("the receiver was closed before there was a value");
        }
        state.end();
        return Poll.ready((T) content);
    }

    /** Wants no value any more, which the sender is told; one that was sent already can still be received. Any number of times. */
    @Override
    public void close() {
        if (state.set(OneshotState.CLOSED)) {
            state.sender.wake();
            state.receiver.wake(); // who waits for a value waits in vain
        }
    }

    @Override
    public void cancel() {
        close();
        state.end();
        done = true;
    }
}
