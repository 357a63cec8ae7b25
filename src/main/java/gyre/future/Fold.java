package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#fold} and {@link Stream#collect}. */
final class Fold<T extends @Nullable Object, A extends @Nullable Object> implements Future<A> {
    private final ThrowingBiFunction<? super A, ? super T, ? extends A> function;
    private @Nullable Stream<T> source;
    private Poll<A> total;

    Fold(Stream<T> source, A seed, ThrowingBiFunction<? super A, ? super T, ? extends A> function) {
        this.source = source;
        this.total = Poll.ready(seed);
        this.function = function;
    }

    @Override
    public Poll<A> poll(Task task) throws Exception {
        Stream<T> items = source;
        if (items == null) {
            throw new IllegalStateException("polled after it was done");
        }
        A sum = total.value();
        try {
            while (task.spend(1)) {
                Poll<T> item = items.poll(task);
                if (item.isPending()) {
                    break;
                }
                if (item.isEnd()) {
                    source = null;
                    total = Poll.pending();
                    return Poll.ready(sum);
                }
                sum = function.apply(sum, item.value());
            }
        } catch (Throwable t) {
            Cancel.also(t, this::cancel);
            throw t;
        }
        if (total.value() != sum) {
            total = Poll.ready(sum);
        }
        return Poll.pending();
    }

    @Override
    public void cancel() {
        Stream<T> items = source;
        source = null;
        total = Poll.pending();
        if (items != null) {
            items.cancel();
        }
    }
}
