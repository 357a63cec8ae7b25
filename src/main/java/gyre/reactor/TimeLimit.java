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
        } else if (limit.poll(task).isReady()) {
            giveUp();
        }
        return answer;
    }

    private void giveUp() throws SocketTimeoutException {
        done = true;
        SocketTimeoutException late = new SocketTimeoutException("timed out after " + duration);
        try {
            future.cancel();
        } catch (RuntimeException e) {
            late.addSuppressed(e);
        }
        throw late;
    }

    private void end() {
        done = true;
        limit.cancel();
    }

    @Override
    public void cancel() {
        if (!done) {
            end();
            future.cancel();
        }
    }
}
