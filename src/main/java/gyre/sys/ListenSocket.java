package gyre.sys;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listening TCP or Unix stream socket, non-blocking from the start. */
public interface ListenSocket extends Source {
    /** Binds it and begins to listen. Options that matter for binding are set before. */
    void listen(SocketAddress local, int backlog) throws IOException;

    /**
     * The next connection, non-blocking and not inherited by child processes, or null if none waits.
     *
     * @throws ResourceLimitException if descriptors or memory have run out: the connection still waits
     * @throws IOException for what went wrong with one connection: the next one may be fine
     */
    @Nullable StreamSocket accept() throws IOException;

    /** The address that it is bound to, with the port that the system chose. */
    SocketAddress localAddress() throws IOException;

    /** Sets an option; errors as in {@link StreamSocket#option(SocketOption, Object)}. */
    <T> void option(SocketOption<T> option, T value) throws IOException;

    /** Reads an option back. */
    <T> @Nullable T option(SocketOption<T> option) throws IOException;

    /** The options that {@link #option} takes. */
    Set<SocketOption<?>> options();
}
