package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Stream#foldAwait} and {@link Stream#forEachAwait}: the next item is asked for when the last one's future is done. */
final class FoldAwait<T extends @Nullable Object, A extends @Nullable Object> implements Future<A> {
    private final ThrowingBiFunction<? super A, ? super T, ? extends Future<? extends A>> function;
    private @Nullable Stream<T> source;
    /** The future of an item; before the first one, of the seed. */
    private @Nullable Future<? extends A> running;

    private Poll<A> total = Poll.pending();

    FoldAwait(
            Stream<T> source,
            A seed,
            ThrowingBiFunction<? super A, ? super T, ? extends Future<? extends A>> function) {
        this.source = source;
        this.running = Futures.ready(seed);
        this.function = function;
    }

    @Override
    public Poll<A> poll(Task task) throws Exception {
        Stream<T> items = source;
        if (items == null) {
            throw new IllegalStateException("polled after it was done");
        }
        try {
            while (task.spend(1)) {
                Future<? extends A> future = running;
                if (future != null) {
                    running = null;
                    Poll<? extends A> answer = future.poll(task);
                    if (answer.isPending()) {
                        running = future;
                        break;
                    }
                    total = Poll.ready(answer.value());
                }
                Poll<T> item = items.poll(task);
                if (item.isPending()) {
                    break;
                }
                A sum = total.value();
                total = Poll.pending();
                if (item.isEnd()) {
                    source = null;
                    return Poll.ready(sum);
                }
                running = Objects.requireNonNull(function.apply(sum, item.value()), "the function gave no future");
            }
            return Poll.pending();
        } catch (Throwable t) {
            Cancel.also(t, this::cancel);
            throw t;
        }
    }

    /** Cancels the future of the current item first, then the stream. */
    @Override
    public void cancel() {
        Future<? extends A> future = running;
        Stream<T> items = source;
        running = null;
        source = null;
        total = Poll.pending();
        Throwable failure = future == null ? null : Cancel.also(null, future::cancel);
        Cancel.end(items == null ? failure : Cancel.also(failure, items::cancel));
    }
}
