package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#skip}. */
final class Skip<T extends @Nullable Object> extends StreamStep<T, T> {
    private long left;

    Skip(Stream<T> source, long count) {
        super(source);
        if (count < 0) {
            throw new IllegalArgumentException("skip " + count);
        }
        this.left = count;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        while (left > 0) {
            Poll<T> item = source.poll(task);
            if (!item.isReady()) {
                return item;
            }
            left--;
            if (!task.spend(1)) {
                return Poll.pending();
            }
        }
        return source.poll(task);
    }
}
