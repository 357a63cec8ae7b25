package gyre.future;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Stream#chunks}. */
final class Chunks<T extends @Nullable Object> extends StreamStep<T, List<T>> {
    private final int size;
    private List<T> chunk = new ArrayList<>();
    /** What the source threw while a chunk was half full: it waits until that chunk has been taken. */
    private @Nullable Exception error;

    private boolean ended;

    Chunks(Stream<T> source, int size) {
        super(source);
        if (size < 1) {
            throw new IllegalArgumentException("chunks of " + size);
        }
        this.size = size;
    }

    @Override
    public Poll<List<T>> poll(Task task) throws Exception {
        Exception late = error;
        if (late != null) {
            error = null;
            throw late;
        }
        while (!ended && chunk.size() < size) {
            if (!task.spend(1)) {
                return Poll.pending();
            }
            try {
                Poll<T> item = source.poll(task);
                if (item.isPending()) {
                    return Poll.pending();
                }
                if (item.isEnd()) {
                    ended = true;
                } else {
                    chunk.add(item.value());
                }
            } catch (Exception e) {
                if (chunk.isEmpty()) {
                    throw e;
                }
                error = e;
                break;
            }
        }
        if (chunk.isEmpty()) {
            return Poll.end();
        }
        List<T> full = chunk;
        chunk = new ArrayList<>();
        return Poll.ready(full);
    }

    @Override
    public void cancel() {
        chunk = List.of();
        error = null;
        super.cancel();
    }
}
