package gyre.reactor;

import gyre.future.ThrowingPredicate;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When {@link Handle#retry} tries again: how often, after which failures, and with what pauses. Immutable; each method that
 * changes something gives a new one.
 *
 * <p>The first pause is {@code first}, each later one {@code multiplier} times as long, none longer than {@code max}. Of each
 * pause a share of up to {@code jitter} is taken away by chance, so that many who failed together do not come back together.
 */
public final class Backoff {
    private static final double TWICE = 2;

    private final int attempts;
    private final long first;
    private final long max;
    private final double multiplier;
    private final double jitter;
    private final ThrowingPredicate<? super Exception> retried;

    private Backoff(
            int attempts,
            long first,
            long max,
            double multiplier,
            double jitter,
            ThrowingPredicate<? super Exception> retried) {
        this.attempts = attempts;
        this.first = first;
        this.max = max;
        this.multiplier = multiplier;
        this.jitter = jitter;
        this.retried = retried;
    }

    /**
     * So many attempts, the first one included; pauses that double; no jitter; after any {@link IOException}.
     *
     * @param attempts at least 1; {@link Integer#MAX_VALUE} for no limit
     * @param first the first pause, at least zero
     * @param max the longest pause, at least {@code first}
     * @throws IllegalArgumentException if one of them is less
     */
    public static Backoff of(int attempts, Duration first, Duration max) {
        if (attempts < 1) {
            throw new IllegalArgumentException(attempts + " attempts");
        }
        long nanos = Times.nanos(first, "first");
        if (max.compareTo(first) < 0) {
            throw new IllegalArgumentException("max must not be less than first: " + max + " < " + first);
        }
        return new Backoff(attempts, nanos, Times.nanos(max, "max"), TWICE, 0, IOException.class::isInstance);
    }

    /**
     * With pauses that grow by another factor.
     *
     * @param factor at least 1, which leaves them alike
     * @throws IllegalArgumentException if it is less
     */
    public Backoff multiplier(double factor) {
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("a multiplier of " + factor);
        }
        return new Backoff(attempts, first, max, factor, jitter, retried);
    }

    /**
     * With pauses that are shorter by chance.
     *
     * @param share of each pause that may be taken away, from 0 to 1
     * @throws IllegalArgumentException if it is outside
     */
    public Backoff jitter(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a jitter of " + share);
        }
        return new Backoff(attempts, first, max, multiplier, share, retried);
    }

    /** Only after failures that pass. What the predicate throws ends the attempts. */
    public Backoff when(ThrowingPredicate<? super Exception> predicate) {
        return new Backoff(attempts, first, max, multiplier, jitter, Objects.requireNonNull(predicate));
    }

    /** Whether to try again after so many attempts, the last of which failed so. */
    boolean goesOn(int made, Exception error) throws Exception {
        return (made < attempts || attempts == Integer.MAX_VALUE) && retried.test(error);
    }

    /** The pause after so many attempts. */
    Duration pause(int made) {
        double pause = Math.min(first * Math.pow(multiplier, made - 1), max);
        double cut = jitter == 0 ? 0 : ThreadLocalRandom.current().nextDouble(jitter);
        return Duration.ofNanos((long) (pause * (1 - cut)));
    }

    @Override
    public String toString() {
        return "Backoff[" + attempts + " attempts, " + Duration.ofNanos(first) + " x " + multiplier + " up to "
                + Duration.ofNanos(max) + ", jitter " + jitter + "]";
    }
}
