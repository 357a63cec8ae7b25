package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#selectEither}, and so {@link Future#select}. */
final class SelectEither<A extends @Nullable Object, B extends @Nullable Object>
        implements Future<SelectedEither<A, B>> {
    private @Nullable Future<A> first;
    private @Nullable Future<B> second;

    SelectEither(Future<A> first, Future<B> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Poll<SelectedEither<A, B>> poll(Task task) throws Exception {
        Future<A> a = first;
        Future<B> b = second;
        if (a == null || b == null) {
            throw new IllegalStateException("polled after it was done");
        }
        first = null;
        second = null;
        Future<?> other = b;
        try {
            Poll<A> left = a.poll(task);
            if (left.isReady()) {
                return Poll.ready(new SelectedEither.First<>(left.value(), b));
            }
            other = a;
            Poll<B> right = b.poll(task);
            if (right.isReady()) {
                return Poll.ready(new SelectedEither.Second<>(right.value(), a));
            }
        } catch (Throwable t) {
            Cancel.also(t, other::cancel);
            throw t;
        }
        first = a;
        second = b;
        return Poll.pending();
    }

    @Override
    public void cancel() {
        Future<A> a = first;
        Future<B> b = second;
        first = null;
        second = null;
        if (a != null && b != null) {
            Cancel.both(a::cancel, b::cancel);
        }
    }
}
