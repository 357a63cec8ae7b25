package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * The two sides of one object, as {@link Duplex#split} gives them. Each may have an owner and a task of its own on the
 * same loop. The object is cancelled when both sides are.
 *
 * @param sink where items go in
 * @param stream where items come out
 * @param <I> the type of the items that go in
 * @param <T> the type of the items that come out
 */
public record Split<I extends @Nullable Object, T extends @Nullable Object>(Sink<I> sink, Stream<T> stream) {
    static <I extends @Nullable Object, T extends @Nullable Object> Split<I, T> of(Duplex<I, T> both) {
        int[] sides = {2};
        Runnable drop = () -> {
            if (--sides[0] == 0) {
                both.cancel();
            }
        };
        return new Split<>(new SplitSink<>(both, drop), new SplitStream<>(both, drop));
    }

    private static final class SplitStream<T extends @Nullable Object> implements Stream<T> {
        private final Stream<T> both;
        private @Nullable Runnable drop;

        SplitStream(Stream<T> both, Runnable drop) {
            this.both = both;
            this.drop = drop;
        }

        @Override
        public Poll<T> poll(Task task) throws Exception {
            return both.poll(task);
        }

        @Override
        public void cancel() {
            Runnable once = drop;
            drop = null;
            if (once != null) {
                once.run();
            }
        }
    }

    private static final class SplitSink<I extends @Nullable Object> implements Sink<I> {
        private final Sink<I> both;
        private @Nullable Runnable drop;

        SplitSink(Sink<I> both, Runnable drop) {
            this.both = both;
            this.drop = drop;
        }

        @Override
        public boolean startSend(Task task, I item) throws Exception {
            return both.startSend(task, item);
        }

        @Override
        public Poll<Void> pollFlush(Task task) throws Exception {
            return both.pollFlush(task);
        }

        @Override
        public Poll<Void> pollClose(Task task) throws Exception {
            return both.pollClose(task);
        }

        @Override
        public void cancel() {
            Runnable once = drop;
            drop = null;
            if (once != null) {
                once.run();
            }
        }
    }
}
