package gyre.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Random;

/** Random bytes that are sent, and have to come back. */
final class Message {
    private final byte[] bytes;
    private final ByteBuffer sent;
    private final ByteBuffer back;

    Message(int longest) {
        bytes = new byte[longest];
        sent = ByteBuffer.allocateDirect(longest);
        back = ByteBuffer.allocateDirect(longest);
    }

    /** New ones, at least one byte. */
    void send(SocketChannel to, Random random) throws IOException {
        random.nextBytes(bytes);
        sent.clear().put(bytes).flip().limit(1 + random.nextInt(bytes.length));
        while (sent.hasRemaining()) {
            to.write(sent);
        }
        sent.rewind();
    }

    /** Waits for all. */
    void receive(SocketChannel from) throws IOException, Violation {
        back.clear().limit(sent.limit());
        while (back.hasRemaining()) {
            if (from.read(back) < 0) {
                throw new Violation("the connection ended after " + back.position() + " of " + sent.limit() + " bytes");
            }
        }
        int wrong = back.flip().mismatch(sent);
        if (wrong >= 0) {
            throw new Violation("byte " + wrong + " of " + sent.limit() + " came back as " + back.get(wrong)
                    + ", it was " + sent.get(wrong));
        }
    }
}
