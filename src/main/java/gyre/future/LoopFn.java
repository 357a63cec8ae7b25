package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Futures#loopFn}: each round replaces the one before it, so that any number of them uses no stack. */
final class LoopFn<S extends @Nullable Object, T extends @Nullable Object> implements Future<T> {
    private @Nullable ThrowingFunction<? super S, ? extends Future<? extends Loop<S, T>>> body;
    private @Nullable Future<? extends Loop<S, T>> round;

    LoopFn(S state, ThrowingFunction<? super S, ? extends Future<? extends Loop<S, T>>> body) {
        this.body = body;
        this.round = new Ready<>(Poll.ready(Loop.again(state)), null);
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        while (true) {
            Future<? extends Loop<S, T>> running = round;
            ThrowingFunction<? super S, ? extends Future<? extends Loop<S, T>>> function = body;
            if (running == null || function == null) {
                throw new IllegalStateException("polled after it was done");
            }
            round = null;
            Poll<? extends Loop<S, T>> answer = running.poll(task);
            if (answer.isPending()) {
                round = running;
                return Poll.pending();
            }
            if (answer.value() instanceof Loop.Done<S, T> done) {
                body = null;
                return Poll.ready(done.value());
            }
            round = function.apply(((Loop.Again<S, T>) answer.value()).state());
            if (!task.spend(1)) {
                return Poll.pending();
            }
        }
    }

    @Override
    public void cancel() {
        Future<?> running = round;
        round = null;
        body = null;
        if (running != null) {
            running.cancel();
        }
    }
}
