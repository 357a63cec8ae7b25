package gyre.net;

import gyre.buffer.Buf;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Items over a {@link UnixDatagram}, by the rules of {@link DatagramFramed}. That a peer is not there is the failure of the
 * item that was to be sent to it. Descriptors that come with a datagram are closed. Ported from tokio-uds.
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
public final class UnixDatagramFramed<I extends @Nullable Object, O extends @Nullable Object>
        extends DatagramFramed<SocketAddress, I, O> {
    private final UnixDatagram socket;
    private final UnixDatagramCodec<I, O> codec;

    UnixDatagramFramed(UnixDatagram socket, UnixDatagramCodec<I, O> codec) {
        super(socket);
        this.socket = socket;
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    @Override
    public UnixDatagram socket() {
        return socket;
    }

    /** What turns datagrams into items. */
    public UnixDatagramCodec<I, O> codec() {
        return codec;
    }

    @Override
    I decode(@Nullable SocketAddress sender, Buf from) throws Exception {
        return codec.decode(sender, from);
    }

    @Override
    @Nullable SocketAddress encode(O item, Buf into) throws Exception {
        return codec.encode(item, into);
    }
}
