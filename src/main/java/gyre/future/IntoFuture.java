package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#intoFuture}. */
final class IntoFuture<T extends @Nullable Object> implements Future<Next<T>> {
    private @Nullable Stream<T> source;

    IntoFuture(Stream<T> source) {
        this.source = source;
    }

    @Override
    public Poll<Next<T>> poll(Task task) throws Exception {
        Stream<T> items = source;
        if (items == null) {
            throw new IllegalStateException("polled after it was done");
        }
        source = null;
        Poll<T> answer = items.poll(task);
        if (answer.isPending()) {
            source = items;
            return Poll.pending();
        }
        return Poll.ready(new Next<>(answer, items));
    }

    @Override
    public void cancel() {
        Stream<T> items = source;
        source = null;
        if (items != null) {
            items.cancel();
        }
    }
}
