package gyre.future;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Futures#selectAll} and {@link Futures#selectOk}, which goes on after a failure while others run. */
final class SelectAll<T extends @Nullable Object> implements Future<SelectedOf<T>> {
    private final Children<T> children = new Children<>();
    private final boolean skipFailures;
    private @Nullable List<Child<T>> all;

    SelectAll(Iterable<? extends Future<T>> futures, boolean skipFailures) {
        this.skipFailures = skipFailures;
        List<Child<T>> list = new ArrayList<>();
        for (Future<T> future : futures) {
            list.add(children.add(future, list.size()));
        }
        if (list.isEmpty()) {
            throw new IllegalArgumentException("nothing to select from");
        }
        all = list;
    }

    @Override
    public Poll<SelectedOf<T>> poll(Task task) throws Exception {
        List<Child<T>> list = all;
        if (list == null) {
            throw new IllegalStateException("polled after it was done");
        }
        while (true) {
            Child<T> done = children.poll(task);
            if (done == null) {
                return Poll.pending();
            }
            if (done.isFailed() && skipFailures && children.size() > 0) {
                continue;
            }
            all = null;
            try {
                T value = done.answer().value();
                List<Future<T>> rest = new ArrayList<>(children.size());
                for (Child<T> child : list) {
                    if (!child.isDone()) {
                        rest.add(children.take(child));
                    }
                }
                return Poll.ready(new SelectedOf<>(value, done.index, rest));
            } catch (Throwable t) {
                Cancel.also(t, children::cancel);
                throw t;
            }
        }
    }

    @Override
    public void cancel() {
        all = null;
        children.cancel();
    }
}
