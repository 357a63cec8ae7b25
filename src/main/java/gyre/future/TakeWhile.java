package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#takeWhile}. */
final class TakeWhile<T extends @Nullable Object> implements Stream<T> {
    private final ThrowingPredicate<? super T> predicate;
    private @Nullable Stream<T> source;

    TakeWhile(Stream<T> source, ThrowingPredicate<? super T> predicate) {
        this.source = source;
        this.predicate = predicate;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Stream<T> items = source;
        if (items == null) {
            return Poll.end();
        }
        Poll<T> item = items.poll(task);
        if (item.isEnd()) {
            source = null;
        } else if (item.isReady() && !predicate.test(item.value())) {
            cancel();
            return Poll.end();
        }
        return item;
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
