package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Futures#pollFn}. */
final class PollFn<T extends @Nullable Object> implements Future<T> {
    private @Nullable ThrowingFunction<? super Task, Poll<T>> function;

    PollFn(ThrowingFunction<? super Task, Poll<T>> function) {
        this.function = function;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        ThrowingFunction<? super Task, Poll<T>> running = function;
        if (running == null) {
            throw new IllegalStateException("polled after it was done");
        }
        function = null;
        Poll<T> answer = running.apply(task);
        if (answer.isPending()) {
            function = running;
        }
        return answer;
    }

    @Override
    public void cancel() {
        function = null;
    }
}
