package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#take}. */
final class Take<T extends @Nullable Object> implements Stream<T> {
    private long left;
    private @Nullable Stream<T> source;

    Take(Stream<T> source, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("take " + count);
        }
        this.source = source;
        this.left = count;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Stream<T> items = source;
        if (items == null) {
            return Poll.end();
        }
        if (left == 0) {
            cancel();
            return Poll.end();
        }
        Poll<T> item = items.poll(task);
        if (item.isEnd()) {
            source = null;
        } else if (item.isReady() && --left == 0) {
            cancel();
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
