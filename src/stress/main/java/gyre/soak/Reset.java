package gyre.soak;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Random;

/** Breaks off in the middle of things. */
final class Reset implements Activity {
    private final Peer peer;
    private final Message message = new Message(64 << 10);

    Reset(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void once(Random random) throws IOException, Violation {
        try (SocketChannel channel = peer.connect()) {
            message.send(channel, random);
            if (random.nextBoolean()) {
                message.receive(channel);
                message.send(channel, random);
            }
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }
}
