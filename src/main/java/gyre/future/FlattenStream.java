package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Streams#flatten}. */
final class FlattenStream<T extends @Nullable Object> implements Stream<T> {
    /** The future until it is done, then what it gave; both null after the end. */
    private @Nullable Future<? extends Stream<? extends T>> future;

    private @Nullable Stream<? extends T> stream;

    FlattenStream(Future<? extends Stream<? extends T>> future) {
        this.future = future;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Future<? extends Stream<? extends T>> running = future;
        if (running != null) {
            future = null; // a failure is the last item
            Poll<? extends Stream<? extends T>> answer = running.poll(task);
            if (answer.isPending()) {
                future = running;
                return Poll.pending();
            }
            stream = Objects.requireNonNull(answer.value(), "the future gave no stream");
        }
        if (stream == null) {
            return Poll.end();
        }
        Poll<? extends T> item = stream.poll(task);
        if (item.isReady()) {
            return Poll.ready(item.value());
        }
        if (item.isPending()) {
            return Poll.pending();
        }
        stream = null;
        return Poll.end();
    }

    @Override
    public void cancel() {
        Future<? extends Stream<? extends T>> running = future;
        Stream<? extends T> items = stream;
        future = null;
        stream = null;
        if (running != null) {
            running.cancel();
        } else if (items != null) {
            items.cancel();
        }
    }
}
