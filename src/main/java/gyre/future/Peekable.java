package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#peekable} gives: a stream whose next item can be looked at before it is taken. Its end is for ever.
 *
 * <p>{@link #cancel} cancels the stream that it was made of; an item that was only looked at is lost.
 *
 * @param <T> the type of the items
 */
public final class Peekable<T extends @Nullable Object> implements Stream<T> {
    private @Nullable Stream<T> source;
    /** What was looked at and not taken yet; else pending. */
    private Poll<T> next = Poll.pending();

    Peekable(Stream<T> source) {
        this.source = source;
    }

    /**
     * What the next poll will give, which stays there for it; the same item each time.
     *
     * @throws Exception if that item failed; nobody will see that failure again
     */
    public Poll<T> peek(Task task) throws Exception {
        if (next.isPending()) {
            next = pollSource(task);
        }
        return next;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Poll<T> item = next;
        if (item.isPending()) {
            return pollSource(task);
        }
        next = Poll.pending();
        return item;
    }

    private Poll<T> pollSource(Task task) throws Exception {
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
        next = Poll.pending();
        if (items != null) {
            items.cancel();
        }
    }
}
