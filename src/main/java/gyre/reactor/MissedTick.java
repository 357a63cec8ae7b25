package gyre.reactor;

/** What an {@link Interval} does when it is polled so late that ticks have gone by. */
public enum MissedTick {
    /** One tick now, then on at the next multiple of the period: keeps the phase. */
    SKIP {
        @Override
        long next(long previous, long now, long period) {
            return Times.deadline(now, period - Math.floorMod(now - previous, period));
        }
    },

    /** A tick at once for each one that was missed. */
    BURST {
        @Override
        long next(long previous, long now, long period) {
            return Times.deadline(previous, period);
        }
    },

    /** One tick now, and the next one a period from now: shifts the phase. */
    DELAY {
        @Override
        long next(long previous, long now, long period) {
            return Times.deadline(now, period);
        }
    };

    /** When the next tick is due, after the one due at {@code previous} was given at {@code now}. */
    abstract long next(long previous, long now, long period);
}
