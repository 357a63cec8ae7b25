package gyre.sys.nio;

import gyre.sys.ListenSocket;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listening TCP or Unix socket over a {@link ServerSocketChannel}. */
final class NioListener extends NioSource implements ListenSocket {
    private final ServerSocketChannel channel;

    NioListener(ServerSocketChannel channel) throws IOException {
        super(channel);
        this.channel = channel;
    }

    @Override
    public void listen(SocketAddress local, int backlog) throws IOException {
        if (backlog < 1) {
            throw new IllegalArgumentException("the backlog must be at least 1: " + backlog);
        }
        Failures.checkKnown("bind", local);
        try {
            channel.bind(local, backlog);
        } catch (IOException | UnsupportedAddressTypeException e) {
            throw Failures.of("bind", local, e);
        }
    }

    @Override
    public @Nullable StreamSocket accept() throws IOException {
        SocketChannel accepted;
        try {
            accepted = channel.accept();
        } catch (IOException e) {
            throw Failures.limit("accept", e);
        }
        if (accepted == null) {
            return null;
        }
        try {
            if (accepted.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            return new NioStream(accepted, false);
        } catch (IOException e) {
            // The peer may have gone already, of which some systems complain here.
            accepted.close();
            throw e;
        }
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return NioOptions.localAddress(channel);
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        NioOptions.set(channel, option, value);
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return NioOptions.get(channel, option);
    }

    @Override
    public Set<SocketOption<?>> options() {
        return channel.supportedOptions();
    }
}
