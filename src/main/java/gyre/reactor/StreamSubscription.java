package gyre.reactor;

import gyre.future.AtomicTask;
import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.future.ThrowingSupplier;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@link Handle#publisher}: one subscriber, the stream it reads, and the task that moves items from one to the other.
 *
 * <p><b>Threads.</b> The subscriber is called by the task only, on the loop (or by who closed that, at last), and so never by
 * two at once nor out of its own {@code request}. {@code request} and {@code cancel}, from any thread, only leave word and wake.
 *
 * <p><b>No wake is lost.</b> They leave word, then wake; the task registers itself, then looks for words. These are volatile,
 * as {@link AtomicTask} asks for.
 */
final class StreamSubscription<T> implements Future<Void> {
    /** Demand that says "give up", and that no request changes. */
    private static final long CANCELLED = Long.MIN_VALUE;

    private final Loop loop;
    /** Items that were asked for and not yet given. */
    private final AtomicLong demand = new AtomicLong();
    /** A demand that was none. */
    private volatile @Nullable Long refused;

    private final AtomicTask waiting = new AtomicTask();

    /** Of the task, as are the following: null after the last signal. */
    private Flow.@Nullable Subscriber<? super T> subscriber;
    /** Null once the subscriber has its subscription. */
    private @Nullable ThrowingSupplier<? extends Stream<? extends T>> supplier;

    private @Nullable Stream<? extends T> stream;

    private StreamSubscription(
            Loop loop,
            ThrowingSupplier<? extends Stream<? extends T>> supplier,
            Flow.Subscriber<? super T> subscriber) {
        this.loop = loop;
        this.supplier = supplier;
        this.subscriber = subscriber;
    }

    /** Throws for null only, as Flow has it. */
    static <T> void begin(
            Loop loop,
            ThrowingSupplier<? extends Stream<? extends T>> supplier,
            Flow.Subscriber<? super T> subscriber) {
        StreamSubscription<T> task =
                new StreamSubscription<>(loop, supplier, Objects.requireNonNull(subscriber, "subscriber"));
        try {
            loop.handle.spawn(task);
        } catch (LoopClosedException e) {
            task.refuse();
        }
    }

    @Override
    public Poll<Void> poll(Task running) throws Exception {
        waiting.register(running);
        try {
            return subscribe() || move(running) ? Poll.done() : Poll.pending();
        } catch (Throwable e) { // the subscriber's, or an error that it has been told of
            drop(e);
            throw e;
        }
    }

    /** Hands out the subscription and makes the stream, at the first poll; true if it is over already. */
    private boolean subscribe() {
        ThrowingSupplier<? extends Stream<? extends T>> source = supplier;
        if (source == null) {
            return false;
        }
        supplier = null;
        Objects.requireNonNull(subscriber).onSubscribe(new Words());
        if (demand.get() == CANCELLED) {
            subscriber = null;
            return true;
        }
        try {
            stream = Objects.requireNonNull(source.get(), "the supplier gave no stream");
            return false;
        } catch (Throwable e) {
            fail(e);
            return ended(e);
        }
    }

    /** True, but for an error: the subscriber knows of it, and the Core is to know too. */
    private static boolean ended(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return true;
    }

    /** Gives as many items as there are and are asked for; true after the last. */
    private boolean move(Task running) {
        while (true) {
            long asked = demand.get();
            if (asked == CANCELLED) {
                drop(null);
                return true;
            }
            Long wrong = refused;
            if (wrong != null) {
                fail(new IllegalArgumentException("request(" + wrong + "): a demand is at least 1 (Flow, rule 3.9)"));
                return true;
            }
            if (asked == 0 || !running.spend(1)) {
                return false;
            }
            Poll<? extends T> item;
            try {
                item = Objects.requireNonNull(stream).poll(running);
                if (item.isReady()) {
                    Objects.requireNonNull(item.value(), "an item is null (Flow, rule 2.13)");
                }
            } catch (Throwable e) {
                fail(e);
                return ended(e);
            }
            if (item.isPending()) {
                return false;
            }
            if (item.isEnd()) {
                stream = null;
                takeSubscriber().onComplete();
                return true;
            }
            demand.accumulateAndGet(-1, StreamSubscription::add);
            Objects.requireNonNull(subscriber).onNext(item.value());
        }
    }

    private static long add(long sum, long more) {
        return sum == CANCELLED ? CANCELLED : sum + more < 0 ? Long.MAX_VALUE : sum + more;
    }

    private Flow.Subscriber<? super T> takeSubscriber() {
        Flow.Subscriber<? super T> last = Objects.requireNonNull(subscriber);
        subscriber = null;
        return last;
    }

    private void fail(Throwable error) {
        Flow.Subscriber<? super T> last = takeSubscriber();
        try {
            drop(error);
        } finally {
            last.onError(error);
        }
    }

    /** Cancels the stream; the subscriber hears no more. */
    private void drop(@Nullable Throwable error) {
        Stream<? extends T> left = stream;
        stream = null;
        subscriber = null;
        if (left != null) {
            try {
                left.cancel();
            } catch (RuntimeException e) {
                if (error == null) {
                    throw e;
                }
                if (error != e) {
                    error.addSuppressed(e);
                }
            }
        }
    }

    /** On the subscriber's thread, which gets to see nothing of what it throws itself (rule 1.9). */
    private void refuse() {
        try {
            cancel();
        } catch (Throwable e) {
            loop.uncaught(e);
        }
    }

    /** The loop is closed. */
    @Override
    public void cancel() {
        if (subscriber != null && supplier != null) {
            supplier = null;
            subscriber.onSubscribe(new Words());
        }
        if (subscriber == null || demand.get() == CANCELLED) {
            drop(null);
        } else {
            fail(loop.closedException());
        }
    }

    /** What the subscriber holds: it leaves word with the task. */
    private final class Words implements Flow.Subscription {
        @Override
        public void request(long count) {
            if (count < 1) {
                refused = count;
            } else {
                demand.accumulateAndGet(count, StreamSubscription::add);
            }
            waiting.wake();
        }

        @Override
        public void cancel() {
            demand.set(CANCELLED);
            waiting.wake();
        }
    }
}
