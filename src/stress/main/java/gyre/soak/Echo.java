package gyre.soak;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One connection, one message after the other. */
final class Echo implements Activity {
    private final Peer peer;
    private final Message message = new Message(64 << 10); // a server that waits for its reader still takes so many
    private @Nullable SocketChannel channel;

    Echo(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void once(Random random) throws IOException, Violation {
        SocketChannel open = channel;
        if (open == null) {
            open = peer.connect();
            channel = open;
        }
        message.send(open, random);
        message.receive(open);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
