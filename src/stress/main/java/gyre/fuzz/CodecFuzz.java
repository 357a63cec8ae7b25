package gyre.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Poll;
import gyre.io.codec.Decoder;
import gyre.io.codec.Delimited;
import gyre.io.codec.Encoder;
import gyre.io.codec.FixedLength;
import gyre.io.codec.FrameLimits;
import gyre.io.codec.FramedRead;
import gyre.io.codec.LengthDelimited;
import gyre.io.codec.LengthDelimitedBuilder;
import gyre.io.codec.Lines;
import gyre.io.codec.MalformedFrameException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The codecs: the same bytes give the same frames and the same failures however they are cut; what waits is bounded; nothing
 * but an {@link IOException} comes out; every buffer is given back; what was encoded is decoded.
 */
public final class CodecFuzz {
    private static final int BOUND = 40;
    private static final FrameLimits LIMITS = FrameLimits.DEFAULT.maxFrame(BOUND + 16);

    private static final BufPool POOL = new BufPool(64, 4 * 64, false);

    private CodecFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws Exception {
        int which = data.consumeInt(0, 5);
        Supplier<? extends Decoder<?>> codec = codec(which, data);
        Cuts cuts = Cuts.of(data);
        byte[] bytes = data.consumeRemainingAsBytes();
        cuts.check(bytes, 200, (all, places) -> frames(codec.get(), all, places));
        if (codec.get() instanceof Encoder<?> encoder) {
            again(which, encoder, codec.get(), bytes);
        }
    }

    private static Supplier<? extends Decoder<?>> codec(int which, FuzzedDataProvider data) {
        return switch (which) {
            case 0 -> () -> new Lines(BOUND);
            case 1 -> () -> Delimited.stripped(BOUND, ascii("\r\n"), ascii("aab"), ascii("\n"));
            case 2 -> () -> Delimited.kept(BOUND, ascii("a\n"), ascii("\0\0"));
            case 3 -> () -> new FixedLength(5);
            case 4 -> () -> new LengthDelimited();
            default -> length(data);
        };
    }

    /** Any that its builder lets through. */
    private static Supplier<Decoder<?>> length(FuzzedDataProvider data) {
        LengthDelimitedBuilder builder = LengthDelimited.builder();
        try {
            builder.lengthFieldOffset(data.consumeInt(0, 9))
                    .lengthFieldLength(data.consumeInt(0, 9))
                    .lengthAdjustment(data.consumeInt())
                    .numSkip(data.consumeInt(-1, 20))
                    .maxFrameLength(data.consumeInt(0, BOUND));
            LengthDelimitedBuilder ordered = data.consumeBoolean() ? builder.bigEndian() : builder.littleEndian();
            ordered.build();
            return ordered::build;
        } catch (IllegalArgumentException refused) {
            return LengthDelimited::new;
        }
    }

    /** What comes out, in words: frames, failures of one frame, the failure or end of all. */
    private static List<String> frames(Decoder<?> decoder, byte[] bytes, int... cuts) throws Exception {
        FramedRead<?> frames = FramedRead.of(new Feed(POOL, bytes, cuts), decoder, LIMITS);
        List<String> found = new ArrayList<>();
        try {
            for (int polls = 0; ; polls++) {
                Check.holds(polls <= 4 * bytes.length + 1_000, "it does not end");
                Check.holds(
                        frames.buffered() <= Math.max(LIMITS.maxFrame(), POOL.size()), "holds " + frames.buffered());
                try {
                    Poll<?> next = frames.poll(() -> {});
                    if (next.isEnd()) {
                        found.add("end");
                        return found;
                    }
                    if (next.isReady()) {
                        found.add(text(next.value()));
                    }
                } catch (MalformedFrameException e) {
                    found.add("malformed");
                } catch (IOException e) {
                    found.add("failed"); // the message may tell how many bytes had come
                    return found;
                }
            }
        } finally {
            frames.close();
            Check.equal(0, POOL.stats().taken(), "buffers that are not given back");
        }
    }

    /** The bytes as one item, if the encoder takes it. */
    @SuppressWarnings("unchecked")
    private static void again(int which, Encoder<?> encoder, Decoder<?> decoder, byte[] bytes) throws Exception {
        Object item = encoder instanceof Lines ? new String(bytes, StandardCharsets.UTF_8) : bytes;
        int size;
        Buf wire;
        try {
            size = ((Encoder<Object>) encoder).size(item);
            wire = Buf.allocate(size);
            ((Encoder<Object>) encoder).encode(item, wire);
        } catch (IllegalArgumentException | IOException refused) {
            return;
        }
        Check.holds(wire.readable() <= size, "an encoder wrote " + wire.readable() + " bytes, and said " + size);
        if (wire.readable() <= BOUND && comesBack(which, new String(bytes, StandardCharsets.UTF_8))) {
            Check.equal(
                    List.of(text(item), "end"),
                    frames(decoder, wire.bytes(wire.readable())),
                    "an item that was encoded");
        }
    }

    /** Whether it looks like one item: lengths may be declared to mean something else, and delimiters come in items. */
    private static boolean comesBack(int which, String item) {
        return switch (which) {
            case 0 -> item.indexOf('\n') < 0 && !item.endsWith("\r");
            case 1 -> item.matches("[c-z]+");
            case 3, 4 -> true;
            default -> false;
        };
    }

    private static String text(Object item) {
        return item instanceof byte[] bytes ? Arrays.toString(bytes) : item.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
