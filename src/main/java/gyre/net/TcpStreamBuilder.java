package gyre.net;

import gyre.future.Future;
import gyre.reactor.Handle;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of a {@link TcpStream} that have to be set before it connects, as {@link java.net.StandardSocketOptions#SO_RCVBUF},
 * which bounds the window that is agreed on then. Loop thread only.
 */
public final class TcpStreamBuilder {
    private final Handle handle;
    private final PendingOptions options = new PendingOptions();
    private @Nullable InetSocketAddress local;

    TcpStreamBuilder(Handle handle) {
        this.handle = handle;
    }

    /** Sets an option; checked by {@link #connect}. */
    public <T> TcpStreamBuilder option(SocketOption<T> option, T value) {
        options.put(option, value);
        return this;
    }

    /** Connects from this address; default: the system chooses. */
    public TcpStreamBuilder local(InetSocketAddress address) {
        this.local = Objects.requireNonNull(address, "address");
        return this;
    }

    /**
     * Begins to connect, at once; as {@link TcpStream#connect(InetSocketAddress, Handle)}.
     *
     * @throws IllegalArgumentException if the value of an option is out of its bounds
     * @throws UnsupportedOperationException if there is no such option
     */
    public Future<TcpStream> connect(InetSocketAddress remote) {
        return Connect.tcp(Objects.requireNonNull(remote, "remote"), local, options, handle);
    }
}
