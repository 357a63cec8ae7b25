package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#filter}. */
final class StreamFilter<T extends @Nullable Object> extends StreamStep<T, T> {
    private final ThrowingPredicate<? super T> predicate;

    StreamFilter(Stream<T> source, ThrowingPredicate<? super T> predicate) {
        super(source);
        this.predicate = predicate;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        while (true) {
            Poll<T> item = source.poll(task);
            if (!item.isReady() || predicate.test(item.value())) {
                return item;
            }
            if (!task.spend(1)) {
                return Poll.pending();
            }
        }
    }
}
