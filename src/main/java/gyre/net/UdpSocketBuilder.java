package gyre.net;

import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;

/** Options of a {@link UdpSocket} that have to be set before it is bound. Loop thread only. */
public final class UdpSocketBuilder {
    private final Handle handle;
    private final PendingOptions options = new PendingOptions();

    UdpSocketBuilder(Handle handle) {
        this.handle = handle;
    }

    /**
     * Sets an option, as {@link java.net.StandardSocketOptions#SO_REUSEPORT} or
     * {@link gyre.sys.NativeSocketOptions#IPV6_V6ONLY}; checked by {@link #bind}.
     */
    public <T> UdpSocketBuilder option(SocketOption<T> option, T value) {
        options.put(option, value);
        return this;
    }

    /** Binds; errors as in {@link UdpSocket#bind}, and those of the options. */
    public UdpSocket bind(InetSocketAddress local) throws IOException {
        return new UdpSocket(DatagramIo.bind(InetFamily.of(local), local, options, handle));
    }
}
