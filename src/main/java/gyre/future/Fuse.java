package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#fuse}. */
final class Fuse<T extends @Nullable Object> implements Future<T> {
    private @Nullable Future<T> source;

    Fuse(Future<T> source) {
        this.source = source;
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
