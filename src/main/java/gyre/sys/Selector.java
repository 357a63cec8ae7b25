package gyre.sys;

import java.io.Closeable;
import java.io.IOException;

/** Waits for readiness of the sources that are registered with it. One belongs to one loop. */
public interface Selector extends Closeable {
    /** Hears about one source. Called inside {@link Selector#select}, where it may only set bits and wake tasks. */
    interface Watcher {
        /**
         * Something may have become possible.
         *
         * @param bits of {@link Ready}
         * @return the bits that nobody waits for and that were told before: a level-triggered selector stops to look for
         *     them until {@link Selector#rearm}; others may ignore it
         */
        int ready(int bits);
    }

    /**
     * Begins to watch, for life and for both directions. A source is registered once.
     *
     * @throws IllegalArgumentException if the source is of another backend
     * @throws IllegalStateException if it is registered already
     */
    void register(Source source, Watcher watcher) throws IOException;

    /**
     * A task is about to wait for these bits, after an operation answered {@code NOT_READY} or their readiness was used up.
     * A level-triggered selector looks for them again; others do nothing.
     */
    void rearm(Source source, int bits);

    /** Stops to watch: its watcher is never called again, even if the current batch holds an event for it. */
    void deregister(Source source) throws IOException;

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
