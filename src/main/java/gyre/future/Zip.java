package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Stream#zip}. */
final class Zip<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        implements Stream<R> {
    private final ThrowingBiFunction<? super A, ? super B, ? extends R> combine;
    private @Nullable Stream<A> first;
    private @Nullable Stream<B> second;
    private Poll<A> left = Poll.pending();
    private Poll<B> right = Poll.pending();
    /** Whether the second one is polled first, since the first one has left nothing of the budget for it. */
    private boolean turned;

    Zip(Stream<A> first, Stream<B> second, ThrowingBiFunction<? super A, ? super B, ? extends R> combine) {
        this.first = first;
        this.second = second;
        this.combine = combine;
    }

    @Override
    public Poll<R> poll(Task task) throws Exception {
        if (first == null || second == null) {
            return Poll.end();
        }
        if (!task.spend(0)) {
            return Poll.pending(); // not a turn: neither could do anything
        }
        if (!turned && left.isPending()) {
            left = first.poll(task);
        }
        if (right.isPending() && !left.isEnd()) {
            right = second.poll(task);
        }
        if (turned && left.isPending() && !right.isEnd()) {
            left = first.poll(task);
        }
        if (left.isEnd()) {
            first = null;
        }
        if (right.isEnd()) {
            second = null;
        }
        if (left.isEnd() || right.isEnd()) {
            cancel();
            return Poll.end();
        }
        if (left.isPending() || right.isPending()) {
            if (!task.spend(0)) {
                turned = !turned;
            }
            return Poll.pending();
        }
        A a = left.value();
        B b = right.value();
        left = Poll.pending();
        right = Poll.pending();
        return Poll.ready(combine.apply(a, b));
    }

    @Override
    public void cancel() {
        Stream<A> a = first;
        Stream<B> b = second;
        first = null;
        second = null;
        left = Poll.pending();
        right = Poll.pending();
        Throwable failure = a == null ? null : Cancel.also(null, a::cancel);
        Cancel.end(b == null ? failure : Cancel.also(failure, b::cancel));
    }
}
