package gyre.sys;

import java.io.Closeable;
import java.io.IOException;

/** Waits for readiness of the sources that are registered with it. One belongs to one loop. */
public interface Selector extends Registry, Closeable {
    /** Hears about one source. Called inside {@link Selector#select}, where it may only set bits and wake tasks. */
    interface Watcher {
        /**
         * Something may have become possible.
         *
         * @param bits of {@link Ready}
         * @return the bits that nobody waits for and that were told before: a selector may stop to look for them until
         *     {@link Selector#rearm}
         */
        int ready(int bits);
    }

    /**
     * Waits until something is ready, {@link #wakeup} is called, or the time is over, then calls the watchers of what is
     * ready. An interrupt by a signal goes on with the original deadline.
     *
     * @param nanos how long to wait at most; 0 only looks, a negative value waits without limit. Never shorter than asked
     *     unless something happened
     */
    void select(long nanos) throws IOException;

    /** Ends the current {@link #select}, or the next one at once. From any thread; does nothing after {@link #close}. */
    void wakeup();

    /** Whether each change is told once: then a look in between costs one call, however much was told and is not yet used up. */
    default boolean isEdgeTriggered() {
        return false;
    }

    /**
     * Whether the loop's thread was interrupted in {@link #select} since this was last asked. A selector that can't wait
     * while {@link Thread#isInterrupted} holds clears that flag and remembers it here, for the loop to restore when it ends.
     */
    default boolean interrupted() {
        return false;
    }

    /** The engine's clock, in nanoseconds from an arbitrary origin; never goes back. Real backends answer {@link System#nanoTime}. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** Releases what it holds; the sources stay open. */
    @Override
    void close() throws IOException;
}
