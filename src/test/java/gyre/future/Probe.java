package gyre.future;

import java.io.IOException;

/** A future that a test completes by hand, and that complains when it is treated against the contract. */
final class Probe<T> implements Future<T> {
    int polls;
    boolean cancelled;
    private volatile Poll<T> answer = Poll.pending();
    private volatile Throwable error;
    private volatile Task task;
    private boolean done;

    static Probe<Object> done(Object value) {
        Probe<Object> probe = new Probe<>();
        probe.complete(value);
        return probe;
    }

    void complete(T value) {
        answer = Poll.ready(value);
        wake();
    }

    void fail(String message) {
        fail(new IOException(message));
    }

    void fail(Throwable failure) {
        error = failure;
        wake();
    }

    void wake() {
        Task waiting = task;
        if (waiting != null) {
            waiting.wake();
        }
    }

    Task task() {
        return task;
    }

    @Override
    public Poll<T> poll(Task asking) throws Exception {
        if (done || cancelled) {
            throw new AssertionError(done ? "polled after it was done" : "polled after it was cancelled");
        }
        polls++;
        task = asking;
        if (error != null) {
            done = true;
            throw Cancel.rethrow(error);
        }
        done = answer.isReady();
        return answer;
    }

    @Override
    public void cancel() {
        if (done || cancelled) {
            throw new AssertionError(done ? "cancelled after it was done" : "cancelled twice");
        }
        cancelled = true;
    }
}
