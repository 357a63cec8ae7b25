package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#fuse}. */
final class StreamFuse<T extends @Nullable Object> implements Stream<T> {
    private @Nullable Stream<T> source;

    StreamFuse(Stream<T> source) {
        this.source = source;
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
