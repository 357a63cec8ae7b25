package gyre.reactor;

import java.time.Duration;

/** Durations as nanoseconds that saturate instead of overflowing. */
final class Times {
    private Times() {}

    /** Fails with a message that names what is negative. */
    static long nanos(Duration duration, String what) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + duration);
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    static long deadline(long now, long nanos) {
        long at = now + nanos;
        return at < now ? Long.MAX_VALUE : at;
    }
}
