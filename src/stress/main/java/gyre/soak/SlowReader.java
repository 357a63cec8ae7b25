package gyre.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Random;

/** Sends as fast as it can, and takes back little at a time, so that the server has to wait for it. */
final class SlowReader implements Activity {
    private static final int BYTES = 4 << 20;
    private static final int A_LITTLE = 16 << 10;
    private static final int PERIOD = 251; // a prime: no buffer's size hides a shift

    private final Peer peer;
    private final ByteBuffer pattern = ByteBuffer.allocateDirect(256 * PERIOD);
    private final ByteBuffer back = ByteBuffer.allocateDirect(A_LITTLE);

    SlowReader(Peer peer) {
        this.peer = peer;
        while (pattern.hasRemaining()) {
            pattern.put((byte) (pattern.position() % PERIOD));
        }
    }

    @Override
    public void once(Random random) throws IOException, InterruptedException, Violation {
        try (SocketChannel channel = peer.connect()) {
            channel.configureBlocking(false);
            int sent = 0;
            int received = 0;
            while (received < BYTES) {
                int n;
                do {
                    int from = sent % PERIOD;
                    n = channel.write(pattern.limit(Math.min(pattern.capacity(), from + BYTES - sent))
                            .position(from));
                    sent += n;
                } while (n > 0);
                n = channel.read(back.clear());
                if (n < 0) {
                    throw new Violation("the connection ended after " + received + " of " + BYTES + " bytes");
                }
                check(received, n);
                received += n;
                Thread.sleep(1); // its pace
            }
        }
    }

    private void check(int from, int count) throws Violation {
        for (int i = 0; i < count; i++) {
            if (back.get(i) != (byte) ((from + i) % PERIOD)) {
                throw new Violation("byte " + (from + i) + " came back as " + back.get(i));
            }
        }
    }
}
