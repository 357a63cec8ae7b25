package gyre.net;

import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.PacketSocket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;

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
        if (local.isUnresolved()) {
            throw new UnknownHostException("unresolved address: " + local);
        }
        StandardProtocolFamily family =
                local.getAddress() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        PacketSocket socket = handle.pinned().backend().packet(family);
        try {
            options.set(socket::option);
            socket.bind(local);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return new UdpSocket(PollEvented.register(socket, handle));
    }
}
