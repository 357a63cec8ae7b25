package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Future#selectEither}, and so {@link Future#select}. */
final class SelectEither<A extends @Nullable Object, B extends @Nullable Object>
        implements Future<SelectedEither<A, B>> {
    private @Nullable Future<A> first;
    private @Nullable Future<B> second;
    /** Whether the second one is polled first, since the first one has left nothing of the budget for it. */
    private boolean turned;

    SelectEither(Future<A> first, Future<B> second) {
        this.first = first;
        this.second = Objects.requireNonNull(second);
    }

    @Override
    public Poll<SelectedEither<A, B>> poll(Task task) throws Exception {
        Future<A> a = first;
        Future<B> b = second;
        if (a == null || b == null) {
            throw new IllegalStateException("polled after it was done");
        }
        if (!task.spend(0)) {
            return Poll.pending(); // not a turn: neither could do anything
        }
        first = null;
        second = null;
        Poll<SelectedEither<A, B>> faster = turned ? pollSecond(a, b, task) : pollFirst(a, b, task);
        if (faster.isPending()) {
            faster = turned ? pollFirst(a, b, task) : pollSecond(a, b, task);
        }
        if (faster.isPending()) {
            first = a;
            second = b;
            if (!task.spend(0)) {
                turned = !turned;
            }
        }
        return faster;
    }

    private static <A extends @Nullable Object, B extends @Nullable Object> Poll<SelectedEither<A, B>> pollFirst(
            Future<A> a, Future<B> b, Task task) throws Exception {
        try {
            Poll<A> answer = a.poll(task);
            return answer.isReady() ? Poll.ready(new SelectedEither.First<>(answer.value(), b)) : Poll.pending();
        } catch (Throwable t) {
            Cancel.also(t, b::cancel);
            throw t;
        }
    }

    private static <A extends @Nullable Object, B extends @Nullable Object> Poll<SelectedEither<A, B>> pollSecond(
            Future<A> a, Future<B> b, Task task) throws Exception {
        try {
            Poll<B> answer = b.poll(task);
            return answer.isReady() ? Poll.ready(new SelectedEither.Second<>(answer.value(), a)) : Poll.pending();
        } catch (Throwable t) {
            Cancel.also(t, a::cancel);
            throw t;
        }
    }

    @Override
    public void cancel() {
        Future<A> a = first;
        Future<B> b = second;
        first = null;
        second = null;
        if (a != null && b != null) {
            Cancel.both(a::cancel, b::cancel);
        }
    }
}
