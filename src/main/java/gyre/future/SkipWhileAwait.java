package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Stream#skipWhileAwait}. */
final class SkipWhileAwait<T extends @Nullable Object> extends StreamStep<T, T> {
    private @Nullable ThrowingFunction<? super T, ? extends Future<Boolean>> predicate;
    /** The item that is asked about, and the future that will tell. */
    private Poll<T> asked = Poll.pending();

    private @Nullable Future<Boolean> running;

    SkipWhileAwait(Stream<T> source, ThrowingFunction<? super T, ? extends Future<Boolean>> predicate) {
        super(source);
        this.predicate = predicate;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        while (true) {
            Future<Boolean> future = running;
            if (future == null) {
                Poll<T> item = source.poll(task);
                if (predicate == null || !item.isReady()) {
                    return item;
                }
                future = Objects.requireNonNull(predicate.apply(item.value()), "the function gave no future");
                asked = item;
            }
            running = null; // a failure loses the item
            Poll<Boolean> skip = future.poll(task);
            if (skip.isPending()) {
                running = future;
                return Poll.pending();
            }
            Poll<T> item = asked;
            asked = Poll.pending();
            if (!skip.value()) {
                predicate = null;
                return item;
            }
            if (!task.spend(1)) {
                return Poll.pending();
            }
        }
    }

    @Override
    public void cancel() {
        Future<Boolean> future = running;
        running = null;
        asked = Poll.pending();
        if (future == null) {
            super.cancel();
        } else {
            Cancel.both(future::cancel, super::cancel);
        }
    }
}
