package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.future.ThrowingSupplier;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Handle#retry}: an attempt or the pause after it, one at a time. */
final class Retry<T extends @Nullable Object> implements Future<T> {
    /** Earlier failures that the last one carries. */
    private static final int KEPT = 8;

    private final Handle handle;
    private final Backoff backoff;
    private final ArrayDeque<Exception> earlier = new ArrayDeque<>();
    /** Null once done or cancelled. */
    private @Nullable ThrowingSupplier<? extends Future<? extends T>> supplier;

    private @Nullable Future<? extends T> attempt;
    private @Nullable Sleep pause;
    private int made;

    Retry(ThrowingSupplier<? extends Future<? extends T>> supplier, Backoff backoff, Handle handle) {
        this.supplier = Objects.requireNonNull(supplier, "supplier");
        this.backoff = Objects.requireNonNull(backoff, "backoff");
        this.handle = handle;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        ThrowingSupplier<? extends Future<? extends T>> source = supplier;
        if (source == null) {
            throw new IllegalStateException("polled after it was done");
        }
        supplier = null; // unless there is more to do
        while (true) {
            if (pause != null && pause.poll(task).isPending()) {
                supplier = source;
                return Poll.pending();
            }
            pause = null;
            if (!task.spend(1)) {
                supplier = source;
                return Poll.pending();
            }
            try {
                Future<? extends T> running = attempt;
                attempt = null;
                if (running == null) {
                    made += made == Integer.MAX_VALUE ? 0 : 1;
                    running = Objects.requireNonNull(source.get(), "the supplier gave no future");
                }
                Poll<? extends T> answer = running.poll(task);
                if (answer.isPending()) {
                    attempt = running;
                    supplier = source;
                    return Poll.pending();
                }
                return Poll.ready(answer.value());
            } catch (Exception e) {
                if (!goesOn(e)) {
                    throw e;
                }
                pause = new Sleep(backoff.pause(made), handle);
            }
        }
    }

    private boolean goesOn(Exception e) throws Exception {
        boolean again;
        try {
            again = backoff.goesOn(made, e);
        } catch (Throwable t) {
            if (t != e) {
                t.addSuppressed(e);
            }
            throw t;
        }
        if (again) {
            if (earlier.size() == KEPT) {
                earlier.remove();
            }
            earlier.add(e);
        } else {
            for (Exception failure : earlier) {
                if (failure != e) { // an exception cannot suppress itself
                    e.addSuppressed(failure);
                }
            }
        }
        return again;
    }

    @Override
    public void cancel() {
        Future<? extends T> running = attempt;
        supplier = null;
        attempt = null;
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        if (running != null) {
            running.cancel();
        }
    }
}
