package gyre.reactor;

import org.jspecify.annotations.Nullable;

/** A timer's place in the {@link TimerWheel}. */
class TimerNode {
    /** On the wheel's clock; exact. */
    long deadline;

    /** Tells equal deadlines apart: the one that was added first fires first. */
    long order;

    /** Which list it is in, or -1. */
    int slot = -1;

    @Nullable TimerNode previous;

    @Nullable TimerNode next;

    /** The deadline has passed; the node is out of the wheel. May only flag and wake. */
    void fire() {}
}
