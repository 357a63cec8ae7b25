package gyre.report.wake;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** When the one thread got what the other one handed to it. */
final class Arrival {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);

    /** On {@link System#nanoTime}'s clock; 0 for not yet, so that a nanosecond is lost once in 584 years. */
    private volatile long at;

    void clear() {
        at = 0;
    }

    void tell() {
        long now = System.nanoTime();
        at = now == 0 ? 1 : now;
    }

    /** Waits without sleeping, since the clock of who wakes up should not count. */
    long await(long start) throws IOException {
        while (true) {
            long told = at;
            if (told != 0) {
                return told;
            }
            if (System.nanoTime() - start > LONGEST) {
                throw new IOException("a wake-up was lost");
            }
            Thread.onSpinWait();
        }
    }
}
