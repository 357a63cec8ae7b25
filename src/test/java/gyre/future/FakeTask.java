package gyre.future;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts its wakes, and has a budget where a test sets one. */
public final class FakeTask implements Task {
    public final AtomicInteger wakes = new AtomicInteger();
    public int budget = Integer.MAX_VALUE;
    public int spent;

    public FakeTask() {}

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    @Override
    public boolean spend(int cost) {
        if (spent >= budget) {
            wake();
            return false;
        }
        spent += cost;
        return true;
    }

    /** The wakes since the last call. */
    public int wakes() {
        return wakes.getAndSet(0);
    }
}
