package gyre.sys.posix;

import static gyre.natives.Layout.PR_GET_TIMERSLACK;
import static gyre.natives.Layout.PR_SET_TIMERSLACK;

import gyre.natives.Libc;
import org.jspecify.annotations.Nullable;

/**
 * How late the kernel may end the waits of the selecting thread, to save power: 50 µs unless told otherwise, 1 ns here.
 *
 * <p>Set when a thread first waits for a time, and put back by {@link #restore} if that comes from the same thread. A
 * thread that has handed its loop to another one keeps the 1 ns.
 */
final class TimerSlack {
    private @Nullable Thread lowered;
    private int before;

    void lower() {
        Thread current = Thread.currentThread();
        if (lowered != current) {
            lowered = current;
            before = Libc.prctl(PR_GET_TIMERSLACK, 0);
            Libc.prctl(PR_SET_TIMERSLACK, 1);
        }
    }

    void restore() {
        // 0 is a real-time thread, which has none; below 0 a sandbox refused the question.
        if (lowered == Thread.currentThread() && before > 0) {
            Libc.prctl(PR_SET_TIMERSLACK, before);
        }
        lowered = null;
    }
}
