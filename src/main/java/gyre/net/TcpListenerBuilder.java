package gyre.net;

import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;

/** Options of a {@link TcpListener} that have to be set before it is bound. Loop thread only. */
public final class TcpListenerBuilder {
    private final Listening listening;

    TcpListenerBuilder(Handle handle) {
        this.listening = new Listening(handle);
    }

    /** Sets an option, as {@link java.net.StandardSocketOptions#SO_REUSEPORT}; checked by {@link #bind}. */
    public <T> TcpListenerBuilder option(SocketOption<T> option, T value) {
        listening.option(option, value);
        return this;
    }

    /** Connections that may wait to be accepted, at least 1; the system may cut it. Default: 4,096. */
    public TcpListenerBuilder backlog(int connections) {
        listening.backlog(connections);
        return this;
    }

    /** Binds and listens; errors as in {@link TcpListener#bind}, and those of the options. */
    public TcpListener bind(InetSocketAddress local) throws IOException {
        return new TcpListener(listening.at(InetFamily.of(local), local));
    }
}
