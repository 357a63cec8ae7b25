package gyre.sys;

import java.io.Closeable;
import java.io.IOException;

/** Something that a {@link Selector} of the same backend can watch. */
public interface Source extends Closeable {
    /** Releases the operating system's object. Loop thread, after {@link Selector#deregister}; later calls do nothing. */
    @Override
    void close() throws IOException;

    /** Whether {@link #close} has not been called. */
    boolean isOpen();

    /**
     * The number of its descriptor, which stays its own: for system calls and for handing on, while this is open.
     *
     * @throws UnsupportedOperationException if the backend doesn't know it; the message names those that do
     * @throws java.nio.channels.ClosedChannelException if it is closed
     */
    default int descriptor() throws IOException {
        throw new UnsupportedOperationException(
                "the descriptor of " + this + " is known to nobody but the JDK: epoll and kqueue know theirs");
    }
}
