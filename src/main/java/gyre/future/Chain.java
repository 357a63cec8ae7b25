package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#chain}. */
final class Chain<T extends @Nullable Object> implements Stream<T> {
    private @Nullable Stream<T> first;
    private @Nullable Stream<T> second;

    Chain(Stream<T> first, Stream<T> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        if (first != null) {
            Poll<T> item = first.poll(task);
            if (!item.isEnd()) {
                return item;
            }
            first = null;
        }
        return second == null ? Poll.end() : second.poll(task);
    }

    @Override
    public void cancel() {
        Stream<T> a = first;
        Stream<T> b = second;
        first = null;
        second = null;
        Throwable failure = a == null ? null : Cancel.also(null, a::cancel);
        Cancel.end(b == null ? failure : Cancel.also(failure, b::cancel));
    }
}
