package gyre.future;

import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where sinks come from. */
public final class Sinks {
    private Sinks() {}

    /**
     * A sink that adds each item to a collection, and always has room: the collection sets no bound. What its {@code add}
     * throws, the sink throws. Cancel: nothing.
     */
    public static <T extends @Nullable Object> Sink<T> into(Collection<? super T> collection) {
        Objects.requireNonNull(collection);
        return new Sink<>() {
            @Override
            public boolean startSend(Task task, T item) {
                collection.add(item);
                return true;
            }

            @Override
            public Poll<Void> pollFlush(Task task) {
                return Poll.done();
            }
        };
    }
}
