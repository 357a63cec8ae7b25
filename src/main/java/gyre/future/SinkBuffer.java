package gyre.future;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** {@link Sink#buffer}. */
final class SinkBuffer<T extends @Nullable Object> implements Sink<T> {
    private final Sink<T> sink;
    private final int capacity;
    /** Wrapped, as the queue refuses null. */
    private final ArrayDeque<Poll<T>> queue = new ArrayDeque<>();

    SinkBuffer(Sink<T> sink, int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("a buffer of " + capacity + " items");
        }
        this.sink = sink;
        this.capacity = capacity;
    }

    @Override
    public boolean startSend(Task task, T item) throws Exception {
        drain(task);
        if (queue.size() == capacity) {
            return false;
        }
        queue.add(Poll.ready(item));
        return true;
    }

    @Override
    public Poll<Void> pollFlush(Task task) throws Exception {
        return drain(task) ? sink.pollFlush(task) : Poll.pending();
    }

    @Override
    public Poll<Void> pollClose(Task task) throws Exception {
        return drain(task) ? sink.pollClose(task) : Poll.pending();
    }

    private boolean drain(Task task) throws Exception {
        for (Poll<T> item; (item = queue.poll()) != null; ) { // one that is refused by an exception is lost
            if (!sink.startSend(task, item.value())) {
                queue.addFirst(item);
                return false;
            }
        }
        return true;
    }

    @Override
    public void cancel() {
        queue.clear();
        sink.cancel();
    }
}
