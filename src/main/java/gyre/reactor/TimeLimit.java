package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@link Handle#timeout}: a future, or a failure when time is up. */
final class TimeLimit<T extends @Nullable Object> implements Future<T> {
    private final Future<T> future;
    private final Duration duration;
    private final Sleep limit;
    private boolean done;

    TimeLimit(Future<T> future, Duration duration, Handle handle) {
        this.future = future;
        this.duration = duration;
        this.limit = new Sleep(duration, handle);
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        if (done) {
            throw new IllegalStateException("polled after completion");
        }
        if (!task.spend(0)) {
            return Poll.pending(); // without budget, a future that is ready would be taken for late
        }
        Poll<T> answer;
        try {
            answer = future.poll(task);
        } catch (Throwable e) {
            end();
            throw e;
        }
        if (answer.isReady()) {
            end();
        } else if (isDue(task)) {
            SocketTimeoutException late = new SocketTimeoutException("timed out after " + duration);
            giveUp(late);
            throw late;
        }
        return answer;
    }

    private boolean isDue(Task task) {
        try {
            return limit.poll(task).isReady();
        } catch (Throwable e) { // off the loop
            giveUp(e);
            throw e;
        }
    }

    private void giveUp(Throwable reason) {
        done = true;
        try {
            future.cancel();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private void end() {
        done = true;
        limit.cancel();
    }

    @Override
    public void cancel() {
        if (!done) {
            try {
                end();
            } finally {
                future.cancel();
            }
        }
    }
}
