package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#forEach}. */
final class ForEach<T extends @Nullable Object> implements Future<Void> {
    private final ThrowingConsumer<? super T> consumer;
    private @Nullable Stream<T> source;

    ForEach(Stream<T> source, ThrowingConsumer<? super T> consumer) {
        this.source = source;
        this.consumer = consumer;
    }

    @Override
    public Poll<Void> poll(Task task) throws Exception {
        Stream<T> items = source;
        if (items == null) {
            throw new IllegalStateException("polled after it was done");
        }
        try {
            while (task.spend(1)) {
                Poll<T> item = items.poll(task);
                if (item.isPending()) {
                    return Poll.pending();
                }
                if (item.isEnd()) {
                    source = null;
                    return Poll.done();
                }
                consumer.accept(item.value());
            }
            return Poll.pending();
        } catch (Throwable t) {
            Cancel.also(t, this::cancel);
            throw t;
        }
    }

    @Override
    public void cancel() {
        Stream<T> items = source;
        source = null;
        if (items != null) {
            items.cancel();
        }
    }
}
