package gyre.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import gyre.buffer.BufPool;
import gyre.future.Poll;
import gyre.io.codec.FrameLimits;
import gyre.io.codec.FramedRead;
import gyre.io.codec.FramedWrite;
import gyre.io.codec.LengthDelimited;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames that are written to a peer who takes what it likes, flushed now and then: all arrive, whole and in order; what waits
 * is bounded by the marks and one frame; every buffer is given back, also by one who closes in between.
 */
public final class FramedWriteFuzz {
    private static final int LARGEST = 5_000;
    private static final int HIGH = 6_000;
    private static final FrameLimits LIMITS =
            FrameLimits.DEFAULT.maxFrame(LARGEST + 4).water(1_000, HIGH);
    private static final BufPool POOL = new BufPool(16 << 10, 64 << 10, false);

    private FramedWriteFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws Exception {
        Drain drain = new Drain(POOL, data.consumeBytes(data.consumeInt(0, 64)));
        FramedWrite<byte[]> frames = FramedWrite.of(drain, new LengthDelimited(), LIMITS);
        boolean abandoned = data.consumeBoolean();
        List<String> sent = new ArrayList<>();
        try {
            while (data.remainingBytes() > 0) {
                byte[] item = new byte[data.consumeInt(0, LARGEST + 1)];
                Arrays.fill(item, (byte) sent.size());
                send(frames, item, sent);
                Check.holds(frames.buffered() <= HIGH + LARGEST + 4, "holds " + frames.buffered());
                if (data.consumeBoolean()) {
                    frames.pollFlush(() -> {});
                }
            }
            for (int polls = 0; !abandoned && frames.pollClose(() -> {}).isPending(); polls++) {
                Check.holds(polls <= 10_000, "it does not end");
            }
            Check.holds(abandoned || drain.ended(), "the output is not shut down");
        } finally {
            frames.close();
        }
        Check.equal(0, POOL.stats().taken(), "buffers that are not given back");
        if (!abandoned) {
            Check.equal(sent, read(drain.bytes()), "what arrived");
        }
    }

    /** Until there is room for it, or it is refused for its size. */
    private static void send(FramedWrite<byte[]> frames, byte[] item, List<String> sent) throws IOException {
        try {
            for (int polls = 0; !frames.startSend(() -> {}, item); polls++) {
                Check.holds(polls <= 10_000, "there is never room");
            }
            sent.add(text(item));
        } catch (IllegalArgumentException e) {
            Check.holds(item.length > LARGEST, item.length + " bytes are refused: " + e);
        }
    }

    private static List<String> read(byte[] wire) throws Exception {
        List<String> found = new ArrayList<>();
        try (FramedRead<byte[]> frames = FramedRead.of(new Feed(POOL, wire), new LengthDelimited(), LIMITS)) {
            while (true) {
                Poll<byte[]> next = frames.poll(() -> {});
                if (next.isEnd()) {
                    return found;
                }
                if (next.isReady()) {
                    found.add(text(next.value()));
                }
            }
        }
    }

    /** Enough to tell items apart: their length and what is in them. */
    private static String text(byte[] item) {
        return item.length + " bytes, hash " + Arrays.hashCode(item);
    }
}
