package gyre.report.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;

/** A connected UDP socket. The first eight bytes of a datagram are its number, by which a loss is seen. */
final class DatagramLink extends Link {
    private static final int HEADER = Long.BYTES;
    private static final int MOST_AT_A_TIME = 16;

    private final DatagramChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer input;
    private long sent;
    private long received;
    private int owed;

    DatagramLink(DatagramChannel channel, Selector selector, int number, int size, Pattern pattern, ByteBuffer input)
            throws IOException {
        super(channel, selector);
        if (size < HEADER) {
            throw new IllegalArgumentException(
                    "datagrams of " + size + " bytes: it takes " + HEADER + " to number them");
        }
        this.channel = channel;
        this.input = input;
        int start = Pattern.start(number);
        request = ByteBuffer.allocateDirect(size)
                .put(pattern.view().limit(start + size).position(start));
    }

    @Override
    void owe() {
        owed++;
    }

    @Override
    boolean flush() throws IOException {
        for (; owed > 0; owed--) {
            request.clear().putLong(0, sent);
            if (channel.write(request) == 0) {
                return false;
            }
            sent++;
        }
        return true;
    }

    @Override
    void receive(Answers heard) throws IOException {
        for (int i = 0; i < MOST_AT_A_TIME && channel.read(input.clear()) > 0; i++) {
            input.flip();
            long number = input.getLong(0);
            int wrong = request.clear().position(HEADER).mismatch(input.position(HEADER));
            if (number < 0 || number >= sent || wrong >= 0) {
                throw new IOException("datagram " + number + " differs from what was sent, from byte " + wrong);
            }
            for (; received < number; received++) {
                lost(heard);
            }
            if (number == received) {
                received++;
                answered(heard);
            }
        }
    }

    @Override
    int abandon() {
        int missing = due.size();
        due.clear();
        owed = 0;
        received = sent;
        return missing;
    }
}
