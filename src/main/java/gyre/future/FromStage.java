package gyre.future;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@link Futures#from}. */
final class FromStage<T extends @Nullable Object> implements Future<T> {
    private final Arrival<T> arrival = new Arrival<>();
    /** Null once it has been asked. */
    private @Nullable CompletionStage<? extends T> stage;

    private boolean done;

    FromStage(CompletionStage<? extends T> stage) {
        this.stage = Objects.requireNonNull(stage);
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        if (done) {
            throw new IllegalStateException("polled after it was done");
        }
        done = true;
        CompletionStage<? extends T> asked = stage;
        if (asked != null) {
            stage = null;
            Arrival<T> target = arrival; // all that the stage refers to from now on
            asked.whenComplete((value, error) -> target.arrive(outcome(value, error)));
        }
        Poll<T> answer = arrival.poll(task);
        done = answer.isReady();
        return answer;
    }

    private static <T extends @Nullable Object> Outcome<T> outcome(T value, @Nullable Throwable error) {
        if (error == null) {
            return Outcome.success(value);
        }
        Throwable cause = error instanceof CompletionException ? error.getCause() : null;
        return Outcome.failure(cause == null ? error : cause);
    }

    @Override
    public void cancel() {
        done = true;
        stage = null;
        arrival.leave();
    }
}
