package gyre.report.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The bytes of all streams: random ones, again and again, from a place of its own for each connection. An answer that is
 * lost, torn, doubled or another connection's differs from what is expected.
 */
final class Pattern {
    static final int LONGEST = 256 << 10;
    private static final int PERIOD = 65_521; // a prime, so that no size of request has the same bytes each time

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(PERIOD + LONGEST);

    Pattern() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, i < PERIOD ? (byte) random.nextInt() : bytes.get(i - PERIOD));
        }
    }

    /** A view of its own. */
    ByteBuffer view() {
        return bytes.duplicate();
    }

    static int start(int connection) {
        return (int) (connection * 7_919L % PERIOD);
    }

    static int advance(int place, int by) {
        return (place + by) % PERIOD;
    }
}
