package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * One copy of a shared future: the value, or the failure, of one future for several owners. It runs once; whichever copy is
 * polled when the future was woken polls it, for all. All copies give the same object, or throw the same one.
 *
 * <p>Copies may belong to different threads, each to one at a time. Then the future that is shared has to bear being polled
 * and cancelled by any of them, one after the other: a socket does not. To share what runs on a loop, spawn it there and share
 * or poll its join handle.
 *
 * <p>A copy may be polled, copied and cancelled from inside the future that is shared. It answers pending there, as does any
 * copy while another thread polls.
 *
 * <p>{@link #cancel} gives up this copy. When the last one does so, the future is cancelled, there and then.
 *
 * @param <T> the type of the value
 */
public final class Shared<T extends @Nullable Object> implements Future<T> {
    private final SharedState<T> state;
    /** Whether it has answered or been cancelled; its owner's thread only. */
    private boolean over;

    private boolean cancelled;

    /** What to wake, and when it was left there; with {@link #next}, the queue of those who wait. Guarded by the state. */
    @Nullable Task waiting;

    long round;

    @Nullable Shared<T> next;

    boolean queued;

    Shared(Future<T> future) {
        this(new SharedState<>(future));
    }

    private Shared(SharedState<T> state) {
        this.state = state;
    }

    /**
     * One more copy, on the thread of this one. Of a copy that has answered it answers the same, at once.
     *
     * @throws IllegalStateException if this one was cancelled
     */
    public Shared<T> copy() {
        if (cancelled) {
            throw new IllegalStateException("copied after it was cancelled");
        }
        state.join();
        return new Shared<>(state);
    }

    /**
     * How the future has ended, as far as anybody has polled it; null while it has not. Does not count as this copy's answer.
     */
    public @Nullable Outcome<T> peek() {
        return state.outcome();
    }

    boolean isOver() {
        return over;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        if (over) {
            throw new IllegalStateException("polled after it was done");
        }
        Outcome<T> outcome = state.poll(this, task);
        if (outcome == null) {
            return Poll.pending();
        }
        over = true;
        return Poll.ready(outcome.get());
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            cancelled = true;
            state.leave(this);
        }
    }
}
