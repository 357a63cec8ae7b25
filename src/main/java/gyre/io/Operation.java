package gyre.io;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A future that is polled until it answers or fails, and not after. */
abstract class Operation<T extends @Nullable Object> implements Future<T> {
    private boolean done;

    /** Goes on as far as it can. */
    abstract Poll<T> proceed(Task task) throws IOException;

    @Override
    public final Poll<T> poll(Task task) throws IOException {
        if (done) {
            throw new IllegalStateException("polled after it was done");
        }
        done = true; // so that a failure ends it
        Poll<T> answer = proceed(task);
        done = !answer.isPending();
        return answer;
    }
}
