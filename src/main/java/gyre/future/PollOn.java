package gyre.future;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** {@link Futures#pollOn}: the side of the one who waits. */
final class PollOn<T extends @Nullable Object> implements Future<T> {
    private final Run<T> run;
    private boolean begun;
    private boolean done;

    PollOn(Executor executor, Future<T> future) {
        this.run = new Run<>(Objects.requireNonNull(executor), Objects.requireNonNull(future));
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        if (done) {
            throw new IllegalStateException("polled after it was done");
        }
        done = true;
        if (!begun) {
            begun = true;
            run.wake();
        }
        Poll<T> answer;
        try {
            answer = run.arrival.poll(task);
        } catch (Throwable t) {
            Cancel.also(t, run::drop);
            throw t;
        }
        done = answer.isReady();
        return answer;
    }

    @Override
    public void cancel() {
        if (!done) {
            done = true;
            run.giveUp(begun);
        }
    }
}
