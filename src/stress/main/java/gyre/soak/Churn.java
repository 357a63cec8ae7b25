package gyre.soak;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Random;

/** Connects, says something short, hears it, closes. */
final class Churn implements Activity {
    private final Peer peer;
    private final Message message = new Message(200);

    Churn(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void once(Random random) throws IOException, Violation {
        try (SocketChannel channel = peer.connect()) {
            message.send(channel, random);
            message.receive(channel);
        }
    }
}
