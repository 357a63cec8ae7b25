package gyre.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Random;

/** Says all it has to say and ends its direction before it listens: then comes all of it, and the end. */
final class HalfClose implements Activity {
    private final Peer peer;
    private final Message message = new Message(64 << 10);
    private final ByteBuffer more = ByteBuffer.allocateDirect(1);

    HalfClose(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void once(Random random) throws IOException, Violation {
        try (SocketChannel channel = peer.connect()) {
            message.send(channel, random);
            channel.shutdownOutput();
            message.receive(channel);
            if (channel.read(more.clear()) != -1) {
                throw new Violation("more came back than was sent");
            }
        }
    }
}
