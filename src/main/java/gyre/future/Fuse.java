package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#fuse} gives: a future that answers pending for ever once it is done, and never wakes then.
 *
 * @param <T> the type of the value
 */
public final class Fuse<T extends @Nullable Object> implements Future<T> {
    private @Nullable Future<T> source;

    Fuse(Future<T> source) {
        this.source = source;
    }

    /** Whether it has given its value, failed or been cancelled, so that a poll is of no use. */
    public boolean isDone() {
        return source == null;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Future<T> running = source;
        if (running == null) {
            return Poll.pending();
        }
        source = null;
        Poll<T> answer = running.poll(task);
        if (answer.isPending()) {
            source = running;
        }
        return answer;
    }

    @Override
    public void cancel() {
        Future<T> running = source;
        source = null;
        if (running != null) {
            running.cancel();
        }
    }
}
