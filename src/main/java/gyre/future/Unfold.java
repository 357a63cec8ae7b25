package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Streams#unfold}. */
final class Unfold<S extends @Nullable Object, T extends @Nullable Object> implements Stream<T> {
    private @Nullable ThrowingFunction<? super S, ? extends @Nullable Future<Unfolded<T, S>>> function;
    private Poll<S> state;
    private @Nullable Future<Unfolded<T, S>> running;

    Unfold(S seed, ThrowingFunction<? super S, ? extends @Nullable Future<Unfolded<T, S>>> function) {
        this.state = Poll.ready(seed);
        this.function = function;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        ThrowingFunction<? super S, ? extends @Nullable Future<Unfolded<T, S>>> next = function;
        if (next == null) {
            return Poll.end();
        }
        Future<Unfolded<T, S>> future = running;
        running = null;
        function = null; // unless the rest goes well: after a failure there is no state to go on from
        if (future == null) {
            future = next.apply(state.value());
            if (future == null) {
                return Poll.end();
            }
        }
        Poll<Unfolded<T, S>> answer = future.poll(task);
        function = next;
        if (answer.isPending()) {
            running = future;
            return Poll.pending();
        }
        state = Poll.ready(answer.value().state());
        return Poll.ready(answer.value().item());
    }

    @Override
    public void cancel() {
        Future<Unfolded<T, S>> future = running;
        running = null;
        function = null;
        if (future != null) {
            future.cancel();
        }
    }
}
