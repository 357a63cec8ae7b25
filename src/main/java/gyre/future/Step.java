package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One link of a chain: takes what another future gives and goes on from there. A subclass is one combinator and says what
 * happens to a value, an error, and a cancellation; this class drives whole chains of them.
 *
 * <p>A chain is polled by its last link, the <i>root</i>: the only one that anybody outside still holds. At its first poll
 * the root takes the chain apart into the innermost future that is no link, the <i>leaf</i>, and the list of the links
 * from there to itself:
 *
 * <pre>
 *   root = leaf.map(a).andThen(b).map(c)        root.leaf = leaf    root.top = a → b → c (the root itself)
 * </pre>
 *
 * From then on only the leaf is polled, whatever the length of the chain. When it is done the links run one after the
 * other, in a loop, and each is dropped before its function runs; one that gives a further future puts that future's
 * leaf and links in front of the links that are left. So neither a long chain nor a recursive one uses stack, and a tail
 * call uses no heap either.
 *
 * <h2>Why not one nested poll a link</h2>
 *
 * A poll would cost a call for each link, and a chain built in a loop would end in a StackOverflowError.
 *
 * @param <F> the function of the link
 * @param <A> what the link takes
 * @param <B> what the link gives
 */
abstract class Step<F, A extends @Nullable Object, B extends @Nullable Object> implements Future<B> {
    /** What this link calls; null once it has run. */
    private @Nullable F function;
    /** Of a root: what is polled; before the first poll, of every link: its source. Null once done or taken over. */
    private @Nullable Future<?> leaf;
    /** Of a root: the link that takes what the leaf gives; null if that is what the whole chain gives. */
    private @Nullable Step<?, ?, ?> top;
    /** Of a root: the other end of that list, this link or one that was followed; null before the first poll. */
    private @Nullable Step<?, ?, ?> last;
    /** The link that takes what this one gives; null for the root. */
    private @Nullable Step<?, ?, ?> next;

    Step(Future<?> source, F function) {
        this.leaf = Objects.requireNonNull(source);
        this.function = Objects.requireNonNull(function);
    }

    /** Takes a value; gives another, or the answer of {@link #follow}. */
    abstract @Nullable Object onValue(F function, A value, Step<?, ?, ?> root) throws Exception;

    /** Takes an error; passes it on, or gives a value or the answer of {@link #follow}. */
    @Nullable Object onError(F function, Throwable error, Step<?, ?, ?> root) throws Exception {
        throw Cancel.rethrow(error);
    }

    /** Learns that there will be neither. */
    void onCancel(F function) throws Exception {}

    @Override
    public final Poll<B> poll(Task task) throws Exception {
        if (leaf == null) {
            throw new IllegalStateException("polled after it was done, cancelled, or given to another future");
        }
        if (last == null) {
            takeApart();
        }
        while (true) {
            Object value = null;
            Throwable error = null;
            try {
                Poll<?> answer = Objects.requireNonNull(leaf).poll(task);
                if (answer.isPending()) {
                    return Poll.pending();
                }
                value = answer.value();
            } catch (Throwable t) {
                error = t;
            }
            leaf = null;
            while (leaf == null) {
                if (top == null) {
                    if (error != null) {
                        throw Cancel.rethrow(error);
                    }
                    return ready(value);
                }
                Step<Object, Object, Object> step = pop();
                Object function = step.dropFunction();
                try {
                    value = error == null ? step.pass(function, value, this) : step.onError(function, error, this);
                    error = null;
                } catch (Throwable t) {
                    error = t;
                }
            }
            if (!task.spend(1)) {
                return Poll.pending();
            }
        }
    }

    /** Cancels the leaf; then every link that has not run learns of it, the innermost first. */
    @Override
    public final void cancel() {
        if (leaf == null) {
            return;
        }
        if (last == null) {
            takeApart();
        }
        Throwable failure = Cancel.also(null, leaf::cancel);
        leaf = null;
        while (top != null) {
            Step<Object, Object, Object> step = pop();
            Object function = step.dropFunction();
            failure = Cancel.also(failure, () -> step.onCancel(function));
        }
        Cancel.end(failure);
    }

    /** Called on the root by a link that runs: goes on with this future, whose value is then the link's. */
    final @Nullable Object follow(Future<?> future) {
        take(Objects.requireNonNull(future, "the function gave no future"));
        return null;
    }

    private void takeApart() {
        Future<?> source = Objects.requireNonNull(leaf);
        top = this;
        last = this;
        take(source);
    }

    /** Puts the links of a future in front of mine, and makes its leaf mine. */
    private void take(Future<?> future) {
        Future<?> rest = future;
        // a link without a leaf is done or has another root: left alone, it complains when it is polled
        while (rest instanceof Step<?, ?, ?> step && step.leaf != null) {
            if (step.last == null) {
                put(step, step);
            } else if (step.top != null) {
                put(step.top, step.last);
                step.top = null;
            }
            rest = step.leaf;
            step.leaf = null;
        }
        leaf = rest;
    }

    private void put(Step<?, ?, ?> from, Step<?, ?, ?> to) {
        if (top == null) {
            last = to;
        }
        to.next = top;
        top = from;
    }

    @SuppressWarnings("NullAway") // null is a value where A allows it
    private @Nullable Object pass(F function, @Nullable A value, Step<?, ?, ?> root) throws Exception {
        return onValue(function, value, root);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the last link, this one, gave it
    private Poll<B> ready(@Nullable Object value) {
        return Poll.ready((B) value);
    }

    @SuppressWarnings("unchecked") // each link takes what the one before it gives
    private Step<Object, Object, Object> pop() {
        Step<?, ?, ?> step = Objects.requireNonNull(top);
        top = step.next;
        step.next = null;
        return (Step<Object, Object, Object>) step;
    }

    private F dropFunction() {
        F dropped = Objects.requireNonNull(function);
        function = null;
        return dropped;
    }
}
