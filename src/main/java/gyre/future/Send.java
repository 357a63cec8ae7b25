package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Sink#send}. */
final class Send<T extends @Nullable Object> implements Future<Void> {
    private @Nullable Sink<T> sink;
    /** The item; pending once the sink has it. */
    private Poll<T> item;

    Send(Sink<T> sink, T item) {
        this.sink = sink;
        this.item = Poll.ready(item);
    }

    @Override
    public Poll<Void> poll(Task task) throws Exception {
        Sink<T> target = sink;
        if (target == null) {
            throw new IllegalStateException("polled after it was done");
        }
        sink = null;
        if (item.isReady()) {
            if (!target.startSend(task, item.value())) {
                sink = target;
                return Poll.pending();
            }
            item = Poll.pending();
        }
        Poll<Void> flushed = target.pollFlush(task);
        if (flushed.isPending()) {
            sink = target;
        }
        return flushed;
    }

    @Override
    public void cancel() {
        sink = null;
        item = Poll.pending();
    }
}
