package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#select}. */
final class Select<T extends @Nullable Object> implements Future<Selected<T>> {
    private @Nullable Future<T> first;
    private @Nullable Future<T> second;

    Select(Future<T> first, Future<T> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Poll<Selected<T>> poll(Task task) throws Exception {
        Future<T> a = first;
        Future<T> b = second;
        if (a == null || b == null) {
            throw new IllegalStateException("polled after it was done");
        }
        Future<T> other = b;
        first = null;
        try {
            Poll<T> answer = a.poll(task);
            if (answer.isPending()) {
                other = a;
                answer = b.poll(task);
            }
            if (answer.isPending()) {
                first = a;
                return Poll.pending();
            }
            second = null;
            return Poll.ready(new Selected<>(answer.value(), other));
        } catch (Throwable t) {
            second = null;
            Cancel.also(t, other::cancel);
            throw t;
        }
    }

    @Override
    public void cancel() {
        Future<T> a = first;
        Future<T> b = second;
        first = null;
        second = null;
        if (a != null && b != null) {
            Cancel.both(a::cancel, b::cancel);
        }
    }
}
