package gyre.future;

import java.util.ArrayList;
import java.util.List;

/** A sink with room for so many items, that delivers them when the test opens it, and refuses one if the test says so. */
final class ProbeSink<T> implements Sink<T> {
    final List<T> taken = new ArrayList<>();
    final List<T> delivered = new ArrayList<>();
    int room;
    boolean open;
    boolean closed;
    boolean cancelled;
    T refused;
    private Task task;

    ProbeSink(int room, boolean open) {
        this.room = room;
        this.open = open;
    }

    void open() {
        open = true;
        if (task != null) {
            task.wake();
        }
    }

    @Override
    public boolean startSend(Task asking, T item) {
        if (item.equals(refused)) {
            throw new IllegalArgumentException("refused: " + item);
        }
        if (taken.size() == room && pollFlush(asking).isPending()) {
            return false;
        }
        taken.add(item);
        return true;
    }

    @Override
    public Poll<Void> pollFlush(Task asking) {
        if (taken.isEmpty()) {
            return Poll.done();
        }
        if (!open) {
            task = asking;
            return Poll.pending();
        }
        delivered.addAll(taken);
        taken.clear();
        return Poll.done();
    }

    @Override
    public Poll<Void> pollClose(Task asking) {
        Poll<Void> flushed = pollFlush(asking);
        closed = flushed.isReady();
        return flushed;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }
}
