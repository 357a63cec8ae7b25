package gyre.future;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** {@link Futures#callOn}. */
final class CallOn<T extends @Nullable Object> implements Future<T> {
    private final Executor executor;
    /** What is to be called, until it is handed over; then the job that does it. Both null once done or cancelled. */
    private @Nullable ThrowingSupplier<? extends T> supplier;

    private @Nullable Job<T> job;

    CallOn(Executor executor, ThrowingSupplier<? extends T> supplier) {
        this.executor = Objects.requireNonNull(executor);
        this.supplier = Objects.requireNonNull(supplier);
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Job<T> running = job;
        job = null;
        if (running == null) {
            ThrowingSupplier<? extends T> call = supplier;
            if (call == null) {
                throw new IllegalStateException("polled after it was done");
            }
            supplier = null;
            running = new Job<>(call::get);
            executor.execute(running);
        }
        Poll<T> answer = running.arrival.poll(task);
        if (answer.isPending()) {
            job = running;
        }
        return answer;
    }

    @Override
    public void cancel() {
        Job<T> running = job;
        job = null;
        supplier = null;
        if (running != null) {
            running.arrival.leave();
            running.cancel(true); // the JDK's task knows how to interrupt its thread while it runs this, and not later
        }
    }
}
