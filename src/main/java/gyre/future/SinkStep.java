package gyre.future;

import org.jspecify.annotations.Nullable;

/** A sink in front of another one, with one item on its way through a function. */
abstract class SinkStep<U extends @Nullable Object, T extends @Nullable Object> implements Sink<U> {
    final Sink<T> sink;

    SinkStep(Sink<T> sink) {
        this.sink = sink;
    }

    /** Takes an item in; nothing is on its way. */
    abstract void begin(U next) throws Exception;

    /** Moves what is ready into the sink; true if nothing is on its way any more. */
    abstract boolean pass(Task task) throws Exception;

    @Override
    public final boolean startSend(Task task, U next) throws Exception {
        if (!pass(task)) {
            return false;
        }
        begin(next);
        return true;
    }

    @Override
    public final Poll<Void> pollFlush(Task task) throws Exception {
        return pass(task) ? sink.pollFlush(task) : flushFirst(task);
    }

    @Override
    public final Poll<Void> pollClose(Task task) throws Exception {
        return pass(task) ? sink.pollClose(task) : flushFirst(task);
    }

    /** What went before is delivered while the item on its way is not ready. */
    private Poll<Void> flushFirst(Task task) throws Exception {
        sink.pollFlush(task);
        return Poll.pending();
    }
}
