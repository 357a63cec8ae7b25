package gyre.report.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A TCP or Unix connection. */
final class StreamLink extends Link {
    private final SocketChannel channel;
    private final int size;
    private final ByteBuffer input;
    private final ByteBuffer sent;
    private final ByteBuffer expected;
    private int sendPlace;
    private int receivePlace;
    private long owed;
    private int part; // bytes of an answer that is not complete

    /** @param input room for what comes; the links of a thread share it */
    StreamLink(SocketChannel channel, Selector selector, int number, int size, Pattern pattern, ByteBuffer input)
            throws IOException {
        super(channel, selector);
        this.channel = channel;
        this.size = size;
        this.input = input;
        sent = pattern.view();
        expected = pattern.view();
        sendPlace = Pattern.start(number);
        receivePlace = sendPlace;
    }

    @Override
    void owe() {
        owed += size;
    }

    @Override
    boolean flush() throws IOException {
        while (owed > 0) {
            int length = (int) Math.min(owed, Pattern.LONGEST);
            int written = channel.write(sent.limit(sendPlace + length).position(sendPlace));
            owed -= written;
            sendPlace = Pattern.advance(sendPlace, written);
            if (written < length) {
                return false;
            }
        }
        return true;
    }

    @Override
    void receive(Answers heard) throws IOException {
        int read = channel.read(input.clear());
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        input.flip();
        int wrong = expected.limit(receivePlace + read).position(receivePlace).mismatch(input);
        if (wrong >= 0) {
            throw new IOException("byte " + wrong + " of " + read + " read differs from what was sent");
        }
        receivePlace = Pattern.advance(receivePlace, read);
        for (part += read; part >= size; part -= size) {
            answered(heard);
        }
    }

    @Override
    int abandon() throws IOException {
        if (due.size() > 0) {
            throw new IOException(due.size() + " answers are missing");
        }
        return 0;
    }
}
