package gyre.channel;

import gyre.future.AtomicTask;

/**
 * The one place beyond the capacity that each sender has. While it is taken the sender has to wait.
 *
 * <p><b>Ordering.</b> The sender takes it; the receiver, or who closes, frees it and then wakes. Volatile, as
 * {@link AtomicTask} asks for.
 */
final class Place {
    final AtomicTask sender = new AtomicTask();
    private volatile boolean taken;

    boolean isTaken() {
        return taken;
    }

    void take() {
        taken = true;
    }

    void free() {
        taken = false;
        sender.wake();
    }
}
