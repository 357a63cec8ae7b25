package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#select}. */
final class StreamSelect<T extends @Nullable Object> implements Stream<T> {
    /** The one to be asked first, and the other; each null once it has ended. */
    private @Nullable Stream<T> first;

    private @Nullable Stream<T> second;

    StreamSelect(Stream<T> first, Stream<T> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        if (!task.spend(0)) {
            return Poll.pending(); // not a turn: neither could do anything
        }
        Stream<T> a = first;
        Stream<T> b = second;
        // swapped before the polls, so that a failure too passes the turn on
        first = b;
        second = a;
        boolean waiting = false;
        if (a != null) {
            Poll<T> item = a.poll(task);
            if (item.isReady()) {
                return item;
            }
            waiting = item.isPending();
            if (!waiting) {
                second = null;
            }
        }
        if (b != null) {
            Poll<T> item = b.poll(task);
            if (!item.isEnd()) {
                // the other one was not ready, so its turn is not over
                first = item.isReady() ? second : b;
                second = item.isReady() ? b : second;
                return item;
            }
            first = null;
        }
        return waiting ? Poll.pending() : Poll.end();
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
