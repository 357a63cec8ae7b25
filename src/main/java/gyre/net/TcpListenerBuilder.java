package gyre.net;

import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.ListenSocket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options of a {@link TcpListener} that have to be set before it is bound. Loop thread only. */
public final class TcpListenerBuilder {
    private final Handle handle;
    private final Map<SocketOption<?>, Object> options = new LinkedHashMap<>();
    private int backlog = 4096;

    TcpListenerBuilder(Handle handle) {
        this.handle = handle;
    }

    /** Sets an option, as {@link java.net.StandardSocketOptions#SO_REUSEPORT}; checked by {@link #bind}. */
    public <T> TcpListenerBuilder option(SocketOption<T> option, T value) {
        options.put(option, value);
        return this;
    }

    /** Connections that may wait to be accepted, at least 1; the system may cut it. Default: 4,096. */
    public TcpListenerBuilder backlog(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("backlog must be at least 1: " + connections);
        }
        this.backlog = connections;
        return this;
    }

    /** Binds and listens; errors as in {@link TcpListener#bind}, and those of the options. */
    public TcpListener bind(InetSocketAddress local) throws IOException {
        if (local.isUnresolved()) {
            throw new UnknownHostException("unresolved address: " + local);
        }
        StandardProtocolFamily family =
                local.getAddress() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        ListenSocket socket = handle.pinned().backend().listener(family);
        try {
            for (Map.Entry<SocketOption<?>, Object> entry : options.entrySet()) {
                set(socket, entry.getKey(), entry.getValue());
            }
            socket.listen(local, backlog);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return new TcpListener(PollEvented.register(socket, handle));
    }

    @SuppressWarnings("unchecked") // option() takes only pairs that fit
    private static <T> void set(ListenSocket socket, SocketOption<T> option, Object value) throws IOException {
        socket.option(option, (T) value);
    }
}
