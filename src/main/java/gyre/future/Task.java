package gyre.future;

/**
 * What a future that is not ready keeps, so that it can ask to be polled again.
 *
 * <p>The task is handed down through every {@code poll}; it is never found in a thread-local. Whoever answers "pending"
 * has kept the task where the event that it waits for will find it.
 */
@FunctionalInterface
public interface Task {
    /**
     * Asks for another poll. From any thread, any number of times; calls made before that poll coalesce. A wake during a
     * poll causes a further poll. Only flags and queues: user code never runs inside, and after the task has ended it
     * does nothing.
     */
    void wake();

    /**
     * Charges the budget of the current poll, so that one source that is always ready can't starve the rest. Operations
     * call it with 0 before they begin, and when they have done something with 1, or with the {@link #cost} of bytes. Loop
     * thread only, inside a poll. Tasks that wrap a task pass it on.
     *
     * @param cost units to charge, at least 0
     * @return false if the budget was already used up: nothing is charged, this task has been woken, and the caller must
     *     answer that it is not ready
     */
    default boolean spend(int cost) {
        return true;
    }

    /**
     * What an operation is charged that has moved so many bytes: 1 and another for each 4 KiB. Reading 256 KiB then takes
     * about half of a poll's 128 units and leaves enough to write them while they are still in the cache.
     */
    static int cost(int bytes) {
        return 1 + (bytes >> 12);
    }
}
