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
import java.util.LinkedHashMap;
import java.util.Map;

/** Options of a {@link UdpSocket} that have to be set before it is bound. Loop thread only. */
public final class UdpSocketBuilder {
    private final Handle handle;
    private final Map<SocketOption<?>, Object> options = new LinkedHashMap<>();

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
            for (Map.Entry<SocketOption<?>, Object> entry : options.entrySet()) {
                set(socket, entry.getKey(), entry.getValue());
            }
            socket.bind(local);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return new UdpSocket(PollEvented.register(socket, handle));
    }

    @SuppressWarnings("unchecked") // option() takes only pairs that fit
    private static <T> void set(PacketSocket socket, SocketOption<T> option, Object value) throws IOException {
        socket.option(option, (T) value);
    }
}
