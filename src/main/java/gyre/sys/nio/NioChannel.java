package gyre.sys.nio;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/** A channel that is only watched: its owner connects, reads, writes and closes it. */
final class NioChannel extends NioSource {
    private final SelectableChannel channel;

    NioChannel(SelectableChannel channel) throws IOException {
        super(channel);
        this.channel = channel;
    }

    @Override
    boolean connecting() {
        return channel instanceof SocketChannel socket && socket.isConnectionPending();
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }
}
