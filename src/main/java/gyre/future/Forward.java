package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#forward} and {@link Sink#sendAll}. */
final class Forward<T extends @Nullable Object> implements Future<Void> {
    private final Sink<? super T> sink;
    private final boolean close;
    private @Nullable Stream<? extends T> source;
    /** An item that the sink had no room for. */
    private Poll<? extends T> waiting = Poll.pending();

    /** Whether the sink is flushed before the next item, since the source has left nothing of the budget for it. */
    private boolean flushFirst;

    private boolean done;

    Forward(Stream<? extends T> source, Sink<? super T> sink, boolean close) {
        this.source = source;
        this.sink = sink;
        this.close = close;
    }

    @Override
    public Poll<Void> poll(Task task) throws Exception {
        if (done) {
            throw new IllegalStateException("polled after it was done");
        }
        try {
            if (flushFirst && task.spend(0)) {
                flushFirst = false;
                sink.pollFlush(task);
            }
            while (source != null) {
                if (!task.spend(1)) {
                    return Poll.pending();
                }
                if (waiting.isPending()) {
                    waiting = source.poll(task);
                }
                if (waiting.isPending()) {
                    flushFirst = sink.pollFlush(task).isPending() && !task.spend(0);
                    return Poll.pending();
                }
                if (waiting.isEnd()) {
                    source = null;
                } else if (sink.startSend(task, waiting.value())) {
                    waiting = Poll.pending();
                } else {
                    return Poll.pending();
                }
            }
            Poll<Void> last = close ? sink.pollClose(task) : sink.pollFlush(task);
            done = last.isReady();
            return last;
        } catch (Throwable t) {
            Cancel.also(t, this::cancel);
            throw t;
        }
    }

    @Override
    public void cancel() {
        Stream<? extends T> items = source;
        done = true;
        source = null;
        waiting = Poll.pending();
        if (items != null) {
            items.cancel();
        }
    }
}
