package gyre.sys;

import java.io.IOException;

/** Watches sources and tells about their readiness: a {@link Selector}, or whoever watches in place of one. Loop thread only. */
public interface Registry {
    /**
     * Begins to watch, for both directions, until {@link #deregister}. A source is registered once at a time.
     *
     * @throws IllegalArgumentException if the source is of another backend
     * @throws IllegalStateException if it is registered already
     */
    void register(Source source, Selector.Watcher watcher) throws IOException;

    /**
     * A task is about to wait for these bits, after an operation answered {@code NOT_READY} or their readiness was used up.
     * A level-triggered selector looks for them again; one with edges may ask the system for those that it did without.
     */
    void rearm(Source source, int bits);

    /**
     * Stops to watch: its watcher is never called again, even if the current batch holds an event for it. The source may be
     * registered anew.
     */
    void deregister(Source source) throws IOException;

    /** The bits of {@link Ready} that it can tell of a source; those that it can't are never set. */
    default int tells() {
        return Ready.READ | Ready.WRITE;
    }
}
