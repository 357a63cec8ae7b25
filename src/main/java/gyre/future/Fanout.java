package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Sink#fanout}: holds one item until both have it. */
final class Fanout<T extends @Nullable Object> implements Sink<T> {
    private final Sink<T> first;
    private final Sink<? super T> second;
    private Poll<T> forFirst = Poll.pending();
    private Poll<T> forSecond = Poll.pending();
    private boolean firstClosed;
    private boolean secondClosed;

    Fanout(Sink<T> first, Sink<? super T> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public boolean startSend(Task task, T item) throws Exception {
        if (!pass(task)) {
            return false;
        }
        Poll<T> taken = Poll.ready(item);
        forFirst = taken;
        forSecond = taken;
        pass(task);
        return true;
    }

    @Override
    public Poll<Void> pollFlush(Task task) throws Exception {
        boolean passed = pass(task);
        Poll<Void> a = first.pollFlush(task);
        Poll<Void> b = second.pollFlush(task);
        return passed && a.isReady() ? b : Poll.pending();
    }

    @Override
    public Poll<Void> pollClose(Task task) throws Exception {
        if (!pass(task)) {
            return pollFlush(task);
        }
        if (!firstClosed) {
            firstClosed = first.pollClose(task).isReady();
        }
        if (!secondClosed) {
            secondClosed = second.pollClose(task).isReady();
        }
        return firstClosed && secondClosed ? Poll.done() : Poll.pending();
    }

    /** Gives the item to those that do not have it; true if none is left. */
    private boolean pass(Task task) throws Exception {
        Poll<T> one = forFirst;
        forFirst = Poll.pending(); // one that is refused by an exception is lost, there
        if (one.isReady() && !first.startSend(task, one.value())) {
            forFirst = one;
        }
        Poll<T> other = forSecond;
        forSecond = Poll.pending();
        if (other.isReady() && !second.startSend(task, other.value())) {
            forSecond = other;
        }
        return forFirst.isPending() && forSecond.isPending();
    }

    @Override
    public void cancel() {
        forFirst = Poll.pending();
        forSecond = Poll.pending();
        Cancel.both(first::cancel, second::cancel);
    }
}
