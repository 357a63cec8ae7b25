package gyre.future;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/** A stream that a test feeds by hand, and that complains when it is treated against the contract. */
final class ProbeStream<T> implements Stream<T> {
    boolean cancelled;
    int polls;
    private final Queue<Object> events = new ArrayDeque<>();
    private boolean ended;
    private Task task;

    @SafeVarargs
    static <T> ProbeStream<T> of(T... items) {
        ProbeStream<T> stream = new ProbeStream<>();
        for (T item : items) {
            stream.give(item);
        }
        return stream;
    }

    ProbeStream<T> give(T item) {
        return add(Poll.ready(item));
    }

    ProbeStream<T> fail(String message) {
        return add(new IOException(message));
    }

    ProbeStream<T> end() {
        return add(Poll.end());
    }

    private ProbeStream<T> add(Object event) {
        events.add(event);
        if (task != null) {
            task.wake();
        }
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Poll<T> poll(Task asking) throws Exception {
        if (ended || cancelled) {
            throw new AssertionError(ended ? "polled after its end" : "polled after it was cancelled");
        }
        polls++;
        Object event = events.poll();
        if (event == null) {
            task = asking;
            return Poll.pending();
        }
        if (event instanceof Exception e) {
            throw e;
        }
        ended = ((Poll<T>) event).isEnd();
        return (Poll<T>) event;
    }

    @Override
    public void cancel() {
        if (ended || cancelled) {
            throw new AssertionError(ended ? "cancelled after its end" : "cancelled twice");
        }
        cancelled = true;
    }
}
