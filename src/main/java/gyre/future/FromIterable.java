package gyre.future;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** {@link Streams#from}. */
final class FromIterable<T extends @Nullable Object> implements Stream<T> {
    private @Nullable Iterable<? extends T> items;
    private @Nullable Iterator<? extends T> iterator;

    FromIterable(Iterable<? extends T> items) {
        this.items = items;
    }

    @Override
    public Poll<T> poll(Task task) {
        if (items != null) {
            iterator = items.iterator();
            items = null;
        }
        if (iterator != null && iterator.hasNext()) {
            return Poll.ready(iterator.next());
        }
        iterator = null;
        return Poll.end();
    }

    @Override
    public void cancel() {
        items = null;
        iterator = null;
    }
}
