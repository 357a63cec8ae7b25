package gyre.future;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What an executor is given. Whoever drops it can cancel it, and its end, in whatever way it comes, is told to who waits for it. */
class Job<T extends @Nullable Object> extends FutureTask<T> {
    final Arrival<T> arrival = new Arrival<>();

    Job(Callable<T> call) {
        super(call);
    }

    @Override
    protected void done() {
        arrival.arrive(outcome());
    }

    private Outcome<T> outcome() {
        try {
            return Outcome.success(get());
        } catch (ExecutionException e) {
            return Outcome.failure(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException | InterruptedException e) {
            return Outcome.failure(e);
        }
    }
}
