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
}
