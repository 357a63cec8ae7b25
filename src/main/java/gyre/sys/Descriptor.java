package gyre.sys;

import java.io.Closeable;
import java.io.IOException;

/**
 * An open descriptor that this process was given over a Unix socket: whoever holds this owns it and closes it. What adopts
 * it by its number, as {@link Backend#fromDescriptor} does, takes a duplicate. From any thread.
 */
public abstract class Descriptor implements Closeable {
    /** How many one message carries at most. */
    public static final int MAX_PER_MESSAGE = 253;

    /** For a backend. */
    protected Descriptor() {}

    /** The number; −1 once it is closed. */
    public abstract int number();

    /** Closes it; later calls do nothing. */
    @Override
    public abstract void close() throws IOException;

    @Override
    public String toString() {
        return "descriptor " + number();
    }

    static UnsupportedOperationException refused(Source source) {
        return new UnsupportedOperationException(
                "descriptors travel only over Unix sockets of the epoll and kqueue backends, not over " + source);
    }
}
