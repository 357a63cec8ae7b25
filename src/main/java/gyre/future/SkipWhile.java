package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#skipWhile}. */
final class SkipWhile<T extends @Nullable Object> extends StreamStep<T, T> {
    private @Nullable ThrowingPredicate<? super T> predicate;

    SkipWhile(Stream<T> source, ThrowingPredicate<? super T> predicate) {
        super(source);
        this.predicate = predicate;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        while (true) {
            Poll<T> item = source.poll(task);
            if (predicate == null || !item.isReady()) {
                return item;
            }
            if (!predicate.test(item.value())) {
                predicate = null;
                return item;
            }
            if (!task.spend(1)) {
                return Poll.pending();
            }
        }
    }
}
