package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Future#join}. */
final class Join<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        implements Future<R> {
    private @Nullable ThrowingBiFunction<? super A, ? super B, ? extends R> combine;
    // of each side either the future or its answer
    private @Nullable Future<A> first;
    private @Nullable Future<B> second;
    private @Nullable Poll<A> firstAnswer;
    private @Nullable Poll<B> secondAnswer;
    /** Whether the second one is polled first, since the first one has left nothing of the budget for it. */
    private boolean turned;

    Join(Future<A> first, Future<B> second, ThrowingBiFunction<? super A, ? super B, ? extends R> combine) {
        this.first = first;
        this.second = Objects.requireNonNull(second);
        this.combine = combine;
    }

    @Override
    public Poll<R> poll(Task task) throws Exception {
        ThrowingBiFunction<? super A, ? super B, ? extends R> function = combine;
        if (function == null) {
            throw new IllegalStateException("polled after it was done");
        }
        if (!task.spend(0)) {
            return Poll.pending(); // not a turn: neither could do anything
        }
        try {
            if (turned) {
                pollSecond(task);
                pollFirst(task);
            } else {
                pollFirst(task);
                pollSecond(task);
            }
        } catch (Throwable t) {
            Cancel.also(t, this::cancel);
            throw t;
        }
        Poll<A> a = firstAnswer;
        Poll<B> b = secondAnswer;
        if (a == null || b == null) {
            if (!task.spend(0)) {
                turned = !turned;
            }
            return Poll.pending();
        }
        combine = null;
        firstAnswer = null;
        secondAnswer = null;
        return Poll.ready(function.apply(a.value(), b.value()));
    }

    private void pollFirst(Task task) throws Exception {
        Future<A> a = first;
        if (a != null) {
            first = null;
            Poll<A> answer = a.poll(task);
            if (answer.isPending()) {
                first = a;
            } else {
                firstAnswer = answer;
            }
        }
    }

    private void pollSecond(Task task) throws Exception {
        Future<B> b = second;
        if (b != null) {
            second = null;
            Poll<B> answer = b.poll(task);
            if (answer.isPending()) {
                second = b;
            } else {
                secondAnswer = answer;
            }
        }
    }

    @Override
    public void cancel() {
        Future<A> a = first;
        Future<B> b = second;
        combine = null;
        first = null;
        second = null;
        firstAnswer = null;
        secondAnswer = null;
        Cancel.end(cancel(b, cancel(a, null)));
    }

    private static @Nullable Throwable cancel(@Nullable Future<?> future, @Nullable Throwable earlier) {
        return future == null ? earlier : Cancel.also(earlier, future::cancel);
    }
}
