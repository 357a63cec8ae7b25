package gyre.soak;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.BitSet;
import java.util.Random;

/**
 * Datagrams in bursts. They may get lost, or late; none may be changed, come twice, or come from nowhere. That not one of many
 * bursts brings anything back is no bad luck any more.
 */
final class Flood implements Activity {
    private static final int BURST = 200;
    private static final int HEAD = 8;
    private static final int LONGEST = 1_400;
    private static final int QUIET_MILLIS = 20;
    private static final int MOST_SILENT = 50;

    private final DatagramChannel channel;
    private final Selector selector = Selector.open();
    private final ByteBuffer out = ByteBuffer.allocateDirect(LONGEST);
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST + 1);
    private int burst;
    private int silent;

    Flood(SocketAddress server) throws IOException {
        channel = DatagramChannel.open().connect(server);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public void once(Random random) throws IOException, Violation {
        burst++;
        for (int number = 0; number < BURST; number++) {
            channel.write(datagram(burst, number, out)); // 0 if there is no room: lost at once
        }
        BitSet answered = new BitSet();
        silent++;
        while (selector.select(QUIET_MILLIS) > 0) {
            selector.selectedKeys().clear();
            while (channel.read(in.clear()) > 0) {
                take(answered);
            }
        }
        if (silent > MOST_SILENT) {
            throw new Violation(silent + " bursts of " + BURST + " datagrams brought nothing back");
        }
    }

    private void take(BitSet answered) throws Violation {
        int from = in.getInt(0);
        int number = in.getInt(4);
        if (from < 1 || from > burst || number < 0 || number >= BURST) {
            throw new Violation("a datagram that was never sent: " + number + " of burst " + from);
        }
        if (in.flip().mismatch(datagram(from, number, out)) >= 0) {
            throw new Violation("datagram " + number + " of burst " + from + " was changed");
        }
        silent = 0; // be it an answer that is late
        if (from == burst) {
            if (answered.get(number)) {
                throw new Violation("datagram " + number + " of burst " + from + " came twice");
            }
            answered.set(number);
        }
    }

    /** Its length and its bytes follow from what it is. */
    private static ByteBuffer datagram(int burst, int number, ByteBuffer into) {
        int length = HEAD + (burst * 31 + number * 17) % (LONGEST - HEAD);
        into.clear().putInt(burst).putInt(number);
        while (into.position() < length) {
            into.put((byte) (burst + number + into.position()));
        }
        return into.flip();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
