package gyre.io.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every codec and all bytes. */
class CodecPropertyTest {
    private static final int BOUND = 40;
    private static final FrameLimits LIMITS = FrameLimits.DEFAULT.maxFrame(BOUND + 8);

    private final BufPool pool = new BufPool(64, 4 * 64, true);

    /** Nothing of the answer depends on how the bytes arrive, be it frames, failures, or where the stream ends. */
    @Property(tries = 3000)
    void anySplitGivesTheSameFrames(
            @ForAll("codecs") Codec codec, @ForAll("input") byte[] bytes, @ForAll("cuts") int[] places) {
        int[] cuts =
                Arrays.stream(places).filter(cut -> cut < bytes.length).sorted().toArray();
        List<String> whole = Frames.of(codec.decoder.get(), LIMITS, pool, bytes);
        assertEquals(whole, Frames.of(codec.decoder.get(), LIMITS, pool, bytes, cuts), codec.name);
        int[] each = new int[bytes.length];
        Arrays.setAll(each, i -> i);
        assertEquals(whole, Frames.of(codec.decoder.get(), LIMITS, pool, bytes, each), codec.name);
        assertEquals(0, pool.stats().taken());
    }

    /** Random bytes are frames or an {@code IOException}, and never cost more than the bound. */
    @Property(tries = 3000)
    void garbageIsBounded(@ForAll("codecs") Codec codec, @ForAll("input") byte[] bytes) throws Exception {
        Feed feed = new Feed(pool);
        FramedRead<?> frames = FramedRead.of(feed, codec.decoder.get(), LIMITS);
        boolean failed = false;
        for (byte each : bytes) {
            feed.give(new byte[] {each});
            try {
                while (frames.poll(Frames.NOBODY).isReady()) {
                    assertTrue(frames.buffered() < LIMITS.maxFrame());
                }
            } catch (MalformedFrameException e) {
                assertFalse(failed, "a frame after the end");
            } catch (IOException e) {
                failed = true;
            }
            assertTrue(frames.buffered() < LIMITS.maxFrame(), "held: " + frames.buffered());
            assertEquals(0, pool.stats().taken());
        }
        assertTrue(feed.largestRoom <= Math.max(LIMITS.maxFrame(), pool.size()), "room: " + feed.largestRoom);
    }

    @Property(tries = 1000)
    void whatWasEncodedIsDecoded(
            @ForAll("framings") Framing framing, @ForAll("items") List<byte[]> items, @ForAll("cuts") int[] places)
            throws IOException {
        Buf wire = Buf.allocate(100_000);
        List<byte[]> sent = items.stream().map(framing::fit).toList();
        Encoder<byte[]> encoder = framing.codec.get();
        for (byte[] item : sent) {
            int before = wire.readable();
            int size = encoder.size(item);
            encoder.encode(item, wire);
            assertTrue(wire.readable() - before <= size);
        }
        byte[] bytes = wire.bytes(wire.readable());
        int[] cuts =
                Arrays.stream(places).filter(cut -> cut < bytes.length).sorted().toArray();
        List<String> got = Frames.of((Decoder<?>) framing.codec.get(), LIMITS, pool, bytes, cuts);
        assertEquals(sent.stream().map(Frames::text).toList(), got, framing.name);
    }

    @Property(tries = 1000)
    void linesThatWereEncodedAreDecoded(@ForAll("texts") List<String> texts) throws Exception {
        Buf wire = Buf.allocate(100_000);
        Lines lines = new Lines();
        for (String text : texts) {
            int before = wire.readable();
            lines.encode(text, wire);
            assertEquals(lines.size(text), wire.readable() - before);
        }
        FramedRead<String> read =
                FramedRead.of(new Feed(pool).give(wire.bytes(wire.readable())).end(), new Lines());
        for (String text : texts) {
            assertEquals(text, read.poll(Frames.NOBODY).value());
        }
        assertEquals(Poll.end(), read.poll(Frames.NOBODY));
    }

    private record Codec(String name, Supplier<Decoder<?>> decoder) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Framing(String name, Supplier<? extends Encoder<byte[]>> codec, boolean free) {
        /** An item that this framing can carry. */
        byte[] fit(byte[] item) {
            if (free) {
                return item;
            }
            byte[] fixed = Arrays.copyOf(item, 7);
            for (int i = 0; i < fixed.length; i++) {
                fixed[i] |= 0x40;
            }
            return fixed;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Provide
    Arbitrary<Codec> codecs() {
        return Arbitraries.of(
                new Codec("lines", () -> new Lines(BOUND)),
                new Codec("short lines", () -> new Lines(2)),
                new Codec("delimited", () -> Delimited.stripped(BOUND, bytes("\n"))),
                new Codec(
                        "delimited by several", () -> Delimited.stripped(5, bytes("\r\n"), bytes("aab"), bytes("\n"))),
                new Codec("delimited, kept", () -> Delimited.kept(BOUND, bytes("a\n"), bytes("\0\0"))),
                new Codec("fixed", () -> new FixedLength(5)),
                new Codec("length", () -> length().build()),
                new Codec("length of 1", () -> length().lengthFieldLength(1).build()),
                new Codec(
                        "length of 8, little",
                        () -> length().lengthFieldLength(8).littleEndian().build()),
                new Codec(
                        "length and more",
                        () -> length().lengthFieldLength(1).lengthFieldOffset(2).build()),
                new Codec(
                        "length of all",
                        () -> length().lengthFieldLength(1).numSkip(0).build()),
                new Codec(
                        "length less",
                        () -> length().lengthFieldLength(1).lengthAdjustment(-3).build()),
                new Codec(
                        "length, skip",
                        () -> length().lengthFieldLength(1).numSkip(4).build()));
    }

    @Provide
    Arbitrary<Framing> framings() {
        return Arbitraries.of(
                new Framing("length", LengthDelimited::new, true),
                new Framing("length of 1", () -> length().lengthFieldLength(1).build(), true),
                new Framing(
                        "length of itself",
                        () -> length().lengthFieldLength(2).lengthAdjustment(-2).build(),
                        true),
                new Framing(
                        "little",
                        () -> length().lengthFieldLength(3).littleEndian().build(),
                        true),
                new Framing("fixed", () -> new FixedLength(7), false),
                new Framing("delimited", () -> Delimited.stripped(BOUND, bytes("\r\n")), false));
    }

    @Provide
    Arbitrary<byte[]> input() {
        Arbitrary<Byte> likely = Arbitraries.of((byte) '\n', (byte) '\r', (byte) 0, (byte) 3, (byte) 'a', (byte) 'b');
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(5, likely), net.jqwik.api.Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(200);
    }

    @Provide
    Arbitrary<List<byte[]>> items() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(BOUND).list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .excludeChars('\n', '\r')
                .ofMaxLength(30)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<int[]> cuts() {
        return Arbitraries.integers().between(0, 200).array(int[].class).ofMaxSize(12);
    }

    private static LengthDelimitedBuilder length() {
        return LengthDelimited.builder().maxFrameLength(BOUND);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
