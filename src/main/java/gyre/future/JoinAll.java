package gyre.future;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Futures#joinAll}. */
final class JoinAll<T extends @Nullable Object> implements Future<List<T>> {
    private final Children<T> children = new Children<>();
    private @Nullable List<T> values;

    JoinAll(Iterable<? extends Future<T>> futures) {
        int index = 0;
        for (Future<T> future : futures) {
            children.add(future, index++);
        }
        values = new ArrayList<>(Collections.nCopies(index, (T) null));
    }

    @Override
    public Poll<List<T>> poll(Task task) throws Exception {
        List<T> results = values;
        if (results == null) {
            throw new IllegalStateException("polled after it was done");
        }
        while (children.size() > 0) {
            Child<T> done = children.poll(task);
            if (done == null) {
                return Poll.pending();
            }
            try {
                results.set(done.index, done.answer().value());
            } catch (Throwable t) {
                Cancel.also(t, this::cancel);
                throw t;
            }
        }
        values = null;
        return Poll.ready(results);
    }

    @Override
    public void cancel() {
        values = null;
        children.cancel();
    }
}
