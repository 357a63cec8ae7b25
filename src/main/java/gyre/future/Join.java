package gyre.future;

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

    Join(Future<A> first, Future<B> second, ThrowingBiFunction<? super A, ? super B, ? extends R> combine) {
        this.first = first;
        this.second = second;
        this.combine = combine;
    }

    @Override
    public Poll<R> poll(Task task) throws Exception {
        ThrowingBiFunction<? super A, ? super B, ? extends R> function = combine;
        if (function == null) {
            throw new IllegalStateException("polled after it was done");
        }
        try {
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
        } catch (Throwable t) {
            Cancel.also(t, this::cancel);
            throw t;
        }
        Poll<A> a = firstAnswer;
        Poll<B> b = secondAnswer;
        if (a == null || b == null) {
            return Poll.pending();
        }
        combine = null;
        firstAnswer = null;
        secondAnswer = null;
        return Poll.ready(function.apply(a.value(), b.value()));
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
