package gyre.future;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * {@link Streams#from(Flow.Publisher, int)}: a ring that the publisher fills and the one who polls empties.
 *
 * <p><b>Threads.</b> The publisher's signals come one after the other, from any thread; the subscription is called only by
 * the one who polls, unless it comes after the cancel. A slot belongs to the publisher while it is null and to the one who
 * polls while it is not.
 *
 * <p><b>No wake is lost.</b> A signal writes what it brings, then wakes; who finds nothing registers the task, then looks once
 * more. What is looked at is volatile, as {@link AtomicTask} asks for.
 */
final class FromPublisher<T> implements Stream<T>, Flow.Subscriber<T> {
    private static final Flow.Subscription CANCELLED = new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    private final AtomicReferenceArray<@Nullable T> slots;
    /** Of the publisher's signals: how many items have come. */
    private long tail;

    /** Also of the publisher's signals, and read once {@link #last} is there: whether that says that it sent too much. */
    private boolean tooMany;

    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    /** Why no more will come. */
    private volatile @Nullable Outcome<Boolean> last;

    private final AtomicTask waiting = new AtomicTask();

    /** Of the one who polls, as are the following: null once subscribed. */
    private Flow.@Nullable Publisher<? extends T> publisher;

    private long head;
    /** Items that were asked for and have not been given. */
    private int outstanding;

    private boolean ended;

    FromPublisher(Flow.Publisher<? extends T> publisher, int demand) {
        if (demand < 1) {
            throw new IllegalArgumentException("a demand of " + demand + " items");
        }
        this.publisher = Objects.requireNonNull(publisher);
        this.slots = new AtomicReferenceArray<>(demand);
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Flow.Publisher<? extends T> asked = publisher;
        if (asked != null) {
            publisher = null;
            try {
                asked.subscribe(this);
            } catch (Throwable t) { // perhaps after it gave a subscription
                Cancel.also(t, this::cancel);
                throw t;
            }
        }
        if (ended) {
            return Poll.end();
        }
        request();
        Poll<T> answer = take();
        if (answer.isPending()) {
            waiting.register(task);
            request();
            answer = take();
        }
        return answer;
    }

    /** Asks for more once half of the ring is free, so that it is asked rarely and the publisher need not wait. */
    private void request() {
        Flow.Subscription from = subscription.get();
        if (from != null && outstanding <= slots.length() / 2) {
            int more = slots.length() - outstanding;
            outstanding += more;
            from.request(more);
        }
    }

    private Poll<T> take() throws Exception {
        Outcome<Boolean> end = last; // before the slot: the publisher writes the items first
        int slot = (int) (head % slots.length());
        T item = slots.get(slot);
        if (item != null) {
            slots.set(slot, null);
            head++;
            outstanding = Math.max(0, outstanding - 1); // less only if it sent what was not asked for
            return Poll.ready(item);
        }
        if (end == null) {
            return Poll.pending();
        }
        if (tooMany) {
            cancel();
        }
        ended = true;
        waiting.forget();
        end.get();
        return Poll.end();
    }

    @Override
    public void cancel() {
        publisher = null;
        waiting.forget();
        if (!ended) {
            ended = true;
            Flow.Subscription from = subscription.getAndSet(CANCELLED);
            if (from != null) {
                from.cancel();
            }
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription.compareAndSet(null, Objects.requireNonNull(given))) {
            waiting.wake();
        } else {
            given.cancel(); // a second one, or too late
        }
    }

    @Override
    public void onNext(T item) {
        Objects.requireNonNull(item);
        int slot = (int) (tail % slots.length());
        if (last != null) {
            return;
        }
        if (slots.get(slot) != null) {
            tooMany = true;
            onError(new IllegalStateException("the publisher sent more than it was asked for"));
            return;
        }
        tail++;
        slots.set(slot, item);
        waiting.wake();
    }

    @Override
    public void onError(Throwable error) {
        end(Outcome.failure(Objects.requireNonNull(error)));
    }

    @Override
    public void onComplete() {
        end(Outcome.success(true));
    }

    private void end(Outcome<Boolean> outcome) {
        if (last == null) {
            last = outcome;
            waiting.wake();
        }
    }
}
