package gyre.sys.nio;

import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import gyre.sys.Ready;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/**
 * A channel that is only watched: its owner connects, reads, writes and closes it.
 *
 * <p>Nobody says when the owner has finished a connect. So while one is under way all operations are looked for together:
 * java.nio swallows OP_CONNECT afterwards, the others before, and each time the system would go on telling it. What comes is
 * told to all, and nothing is looked for until they ask again.
 */
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
    int operations(int bits) {
        return connecting() ? OP_CONNECT | OP_READ | OP_WRITE : super.operations(bits);
    }

    @Override
    int bits(int operations) {
        return armed(OP_CONNECT) ? Ready.READ | Ready.WRITE : super.bits(operations);
    }

    @Override
    void disarm(int operations) {
        super.disarm(armed(OP_CONNECT) ? ~0 : operations);
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }
}
