package gyre.reactor;

import java.time.Duration;

/**
 * What a loop does when it has nothing to do. Parked, it sleeps in the system's call: that costs no CPU, but some
 * microseconds until it is awake. Spinning, it looks again and again, at the system's queue without waiting and at the
 * tasks and timers of its own: it is there at once, needs no wake-up call from other threads, and uses up a CPU.
 *
 * <p>A loop asks once each time it has run out of work, on its own thread. One strategy may serve many loops, since each
 * loop remembers the two numbers that it passes; a strategy needs no fields. What it throws leaves through
 * {@link Core#run}.
 *
 * <pre>{@code
 * WaitStrategy daytime = (spun, waited) -> trading ? Long.MAX_VALUE : 0;
 * }</pre>
 */
@FunctionalInterface
public interface WaitStrategy {
    /**
     * How long to spin before parking.
     *
     * @param spun what this answered last, at least 0; 0 the first time
     * @param waited how long that wait then was, from running out of work to having some, spun and parked together; 0 the
     *     first time
     * @return nanoseconds, on the loop's clock; 0 or less parks at once, {@link Long#MAX_VALUE} never does
     */
    long spinNanos(long spun, long waited);

    /** Parks at once, the default: right for loops that share their CPUs with anything else. */
    static WaitStrategy park() {
        return Waiting.PARK;
    }

    /**
     * Always spins: right for a loop that has a CPU of its own; see {@link CoreBuilder#cpu}. Where all bytes come from one
     * source, most looks try to read that one, and only some ask the system's queue: one call less a message. Such a try wakes
     * who waits to read; it may be for nothing, and then ends a {@link Core#turn} all the same.
     */
    static WaitStrategy spin() {
        return Waiting.SPIN;
    }

    /**
     * Spins while that pays, then parks. A wait that was no longer than this would have been worth spinning for: twice its
     * length is then allowed. Each longer one halves what is allowed, down to nothing, so that a loop that has become idle
     * soon parks at once.
     *
     * @param most how long to spin at most each time, at least zero; some tens of microseconds are what a parked loop's
     *     wake-up costs
     * @throws IllegalArgumentException if it is negative
     */
    static WaitStrategy spin(Duration most) {
        long limit = Times.nanos(most, "most");
        return (spun, waited) -> {
            if (waited > limit) {
                return spun >> 1;
            }
            if (waited <= spun) {
                return spun;
            }
            return waited > limit >> 1 ? limit : waited << 1;
        };
    }
}
