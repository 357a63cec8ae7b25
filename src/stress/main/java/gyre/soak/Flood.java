package gyre.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Datagrams in bursts. They may get lost, or late; none may be changed, come twice, or come from nowhere. That nothing comes
 * back for as long as any activity may stand still is no bad luck any more; for a second the loop's CPU may be lent to others.
 */
final class Flood implements Activity {
    private static final int BURST = 200;
    private static final int HEAD = 8;
    private static final int LONGEST = 1_400;
    private static final int QUIET_MILLIS = 20;
    private static final Path SOCKETS = Path.of("/proc/self/net/udp");

    private final InetSocketAddress server;
    private final DatagramChannel channel;
    private final Selector selector = Selector.open();
    private final ByteBuffer out = ByteBuffer.allocateDirect(LONGEST);
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST + 1);
    private int burst;
    private long heard = System.nanoTime();

    Flood(InetSocketAddress server) throws IOException {
        this.server = server;
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
        while (selector.select(QUIET_MILLIS) > 0) {
            selector.selectedKeys().clear();
            while (channel.read(in.clear()) > 0) {
                take(answered);
            }
        }
        long silent = System.nanoTime() - heard;
        if (silent > Soak.PATIENCE) {
            throw new Violation("nothing has come back for " + TimeUnit.NANOSECONDS.toSeconds(silent)
                    + " s until burst " + burst + "; the server's socket: " + socket());
        }
    }

    /** What the system tells of it: its queues and, last, what it has dropped. */
    private String socket() throws IOException {
        String port = ":%04X ".formatted(server.getPort());
        try (Stream<String> lines = Files.lines(SOCKETS)) {
            return lines.filter(line -> line.contains(port + "00000000:0000"))
                    .findAny()
                    .map(String::strip)
                    .orElse("not there");
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
        heard = System.nanoTime(); // be it an answer that is late
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
