package gyre.net;

import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port on which several loops listen, each by a listener of its own, among which the system spreads the connections
 * ({@code SO_REUSEPORT}): nothing is handed from thread to thread. If port 0 is asked for, the first listener has the
 * system choose, and the others follow.
 *
 * <p>Linux spreads by a hash of both addresses: evenly over many clients, by chance over few. A connection stays with its
 * listener even while the loop is busy, and those that wait in the backlog of one that is closed are reset. Where either
 * matters, accept on one loop and hand over ({@link TcpListener#handover}).
 *
 * <p>From any thread; {@code listen} on that of the listener's loop.
 */
public final class SharedPort {
    private final InetSocketAddress asked;

    /** Guarded by this object's monitor, which is held for a bind. */
    private @Nullable InetSocketAddress bound;

    private SharedPort(InetSocketAddress asked) {
        this.asked = asked;
    }

    /** One at this address, at which nobody listens yet. */
    public static SharedPort of(InetSocketAddress local) {
        return new SharedPort(Objects.requireNonNull(local, "local"));
    }

    /** A further listener there, on this loop; errors as in {@link #listen(TcpListenerBuilder)}. */
    public TcpListener listen(Handle handle) throws IOException {
        return listen(TcpListener.builder(handle));
    }

    /**
     * A further listener there, with these options and {@code SO_REUSEPORT}.
     *
     * @throws java.net.BindException also if others listen there who don't share it, or belong to another user
     * @throws UnsupportedOperationException if the system has no {@code SO_REUSEPORT}
     * @throws IOException as in {@link TcpListenerBuilder#bind}
     * @throws IllegalStateException off the loop's thread
     */
    public synchronized TcpListener listen(TcpListenerBuilder options) throws IOException {
        TcpListener listener =
                options.option(StandardSocketOptions.SO_REUSEPORT, true).bind(bound == null ? asked : bound);
        try {
            bound = listener.localAddress();
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        return listener;
    }

    /**
     * Where it is, with the port that the system chose; stays the same when all listeners are closed.
     *
     * @throws IllegalStateException if nobody has listened there yet
     */
    public synchronized InetSocketAddress address() {
        if (bound == null) {
            throw new IllegalStateException("nobody listens yet at " + asked);
        }
        return bound;
    }

    @Override
    public synchronized String toString() {
        return "SharedPort[" + (bound == null ? asked : bound) + "]";
    }
}
