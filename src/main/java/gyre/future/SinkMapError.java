package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Sink#mapSinkError}. */
final class SinkMapError<T extends @Nullable Object> implements Sink<T> {
    private final Sink<T> sink;
    private final ThrowingFunction<? super Exception, ? extends Exception> function;

    SinkMapError(Sink<T> sink, ThrowingFunction<? super Exception, ? extends Exception> function) {
        this.sink = sink;
        this.function = function;
    }

    @Override
    public boolean startSend(Task task, T item) throws Exception {
        try {
            return sink.startSend(task, item);
        } catch (Exception e) {
            throw function.apply(e);
        }
    }

    @Override
    public Poll<Void> pollFlush(Task task) throws Exception {
        try {
            return sink.pollFlush(task);
        } catch (Exception e) {
            throw function.apply(e);
        }
    }

    @Override
    public Poll<Void> pollClose(Task task) throws Exception {
        try {
            return sink.pollClose(task);
        } catch (Exception e) {
            throw function.apply(e);
        }
    }

    @Override
    public void cancel() {
        sink.cancel();
    }
}
