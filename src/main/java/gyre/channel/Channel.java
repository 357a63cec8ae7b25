package gyre.channel;

/**
 * A queue of items from any number of senders to one receiver, each on any thread: between tasks of one loop, between
 * loops, and between a loop and other threads.
 *
 * <p>It ends when all its {@linkplain Sender senders} are closed, or its {@linkplain Receiver receiver} is. Both ends have
 * to be closed: a channel whose ends are only forgotten is collected as garbage, and nobody is told.
 *
 * @param sender the first sender; {@link Sender#another} makes more
 * @param receiver the one receiver
 * @param <T> the type of the items, never null
 */
public record Channel<T>(Sender<T> sender, Receiver<T> receiver) {
    /**
     * A channel that holds back its senders when it is full: it takes {@code capacity} items, and one more from each sender,
     * which then waits until there is room again. With 0, a sender that flushes waits until its item is taken out; of senders
     * that send at the very same moment, one may go on for the item of another.
     *
     * @throws IllegalArgumentException if the capacity is negative
     */
    public static <T> Channel<T> bounded(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("the capacity must be at least 0: " + capacity);
        }
        return of(capacity);
    }

    /** A channel that takes whatever is sent, and so as much memory as a slow receiver makes it. */
    public static <T> Channel<T> unbounded() {
        return of(Long.MAX_VALUE);
    }

    private static <T> Channel<T> of(long capacity) {
        Shared<T> shared = new Shared<>(capacity);
        return new Channel<>(new Sender<>(shared), new Receiver<>(shared));
    }
}
