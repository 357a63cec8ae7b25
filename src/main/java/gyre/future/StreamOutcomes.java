package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#outcomes}. */
final class StreamOutcomes<T extends @Nullable Object> implements Stream<Outcome<T>> {
    private @Nullable Stream<T> source;

    StreamOutcomes(Stream<T> source) {
        this.source = source;
    }

    @Override
    public Poll<Outcome<T>> poll(Task task) {
        Stream<T> items = source;
        if (items == null) {
            return Poll.end();
        }
        source = null;
        try {
            Poll<T> item = items.poll(task);
            if (item.isEnd()) {
                return Poll.end();
            }
            source = items;
            return item.isPending() ? Poll.pending() : Poll.ready(Outcome.success(item.value()));
        } catch (Exception e) {
            source = items;
            return Poll.ready(Outcome.failure(e));
        } catch (Throwable t) {
            Cancel.also(t, items::cancel);
            if (t instanceof VirtualMachineError fatal && !(t instanceof StackOverflowError)) {
                throw fatal;
            }
            return Poll.ready(Outcome.failure(t));
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
