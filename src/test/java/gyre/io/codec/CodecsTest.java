package gyre.io.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    private final BufPool pool = new BufPool(64, 64, true);

    private List<String> frames(Decoder<?> decoder, String bytes) {
        return Frames.of(decoder, FrameLimits.DEFAULT, pool, bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static <T> String encoded(Encoder<T> encoder, T item) throws IOException {
        Buf buf = Buf.allocate(encoder.size(item));
        encoder.encode(item, buf);
        return buf.text(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    // Lines

    @Test
    void linesLoseTheirEnds() {
        assertEquals(List.of("a", "", "b", "c\r", "\rd"), frames(new Lines(), "a\n\nb\r\nc\r\r\n\rd\n"));
    }

    @Test
    void remainingTextIsALineUnlessItIsEmptyOrALoneReturn() {
        assertEquals(List.of("a", "b"), frames(new Lines(), "a\nb"));
        assertEquals(List.of("a", "b"), frames(new Lines(), "a\nb\r"));
        assertEquals(List.of("a"), frames(new Lines(), "a\n"));
        assertEquals(List.of("a"), frames(new Lines(), "a\n\r"));
        assertEquals(List.of("\r"), frames(new Lines(), "\r\r"));
        assertEquals(List.of(), frames(new Lines(), ""));
    }

    @Test
    void lineOfTheGreatestLength() {
        assertEquals(List.of("abc", "abc", "abc"), frames(new Lines(3), "abc\nabc\r\nabc\r"));
        assertEquals(List.of("FrameTooLargeException"), frames(new Lines(3), "abcd\n"));
        assertEquals(List.of("FrameTooLargeException"), frames(new Lines(3), "abcd"));
        assertEquals(List.of("", ""), frames(new Lines(0), "\n\r\n"));
        assertEquals(List.of("FrameTooLargeException"), frames(new Lines(0), "a\n"));
    }

    @Test
    void endlessLineFailsAsSoonAsItIsTooLong() throws IOException {
        Lines lines = new Lines(3);
        Buf in = Buf.allocate(10);
        assertNull(lines.decode(in.put(bytes("abc"))));
        assertNull(lines.decode(in.put(bytes("\r"))));
        FrameTooLargeException e = assertThrows(FrameTooLargeException.class, () -> lines.decode(in.put(bytes("x"))));
        assertEquals("a frame of 5 bytes or more, allowed are 3", e.getMessage());
    }

    @Test
    void linesAreUtf8() throws IOException {
        String text = "é€𝄞\uFFFD";
        Buf buf = Buf.copyOf(text + "\n");
        assertEquals(text, new Lines().decode(buf));
        Lines lines = new Lines();
        assertEquals(buf.capacity(), lines.size(text));
        assertEquals(text + "\n", new String(bytes(encoded(lines, text)), StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNotUtf8IsNamed() throws IOException {
        Lines lines = new Lines();
        Buf in = Buf.copyOf(new byte[] {'a', 'b', (byte) 0xC3, 'c', '\n', 'd', '\n'});
        MalformedFrameException e = assertThrows(MalformedFrameException.class, () -> lines.decode(in));
        assertEquals("a line of 4 bytes is not UTF-8 at offset 2", e.getMessage());
        assertEquals("d", lines.decode(in));
    }

    @Test
    void halfASurrogatePairIsRefused() throws IOException {
        Lines lines = new Lines();
        for (String bad : List.of("ab\uD834", "ab\uD834c", "ab\uDD1E")) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> encoded(lines, bad));
            assertEquals("half of a surrogate pair at index 2", e.getMessage());
        }
        assertEquals("ok\n", encoded(lines, "ok"), "the encoder goes on");
    }

    @Test
    void noByteIsSearchedTwice() throws IOException {
        Lines lines = new Lines(1 << 20);
        Buf in = Buf.allocate(1 << 20);
        long start = System.nanoTime();
        for (int i = 0; i < (1 << 20) - 1; i++) {
            assertNull(lines.decode(in.put((byte) 'x')));
        }
        assertEquals((1 << 20) - 1, lines.decode(in.put((byte) '\n')).length());
        // a million times half a million bytes would take minutes
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
    }

    // Delimited

    @Test
    void delimitersAreStrippedOrKept() {
        assertEquals(List.of("a", "", "b", "c"), frames(Delimited.stripped(9, bytes(";")), "a;;b;c"));
        assertEquals(List.of("a;", ";", "b;", "c"), frames(Delimited.kept(9, bytes(";")), "a;;b;c"));
        assertEquals(List.of("a", "", "-b"), frames(Delimited.stripped(9, bytes("--")), "a-----b--"));
        assertEquals(List.of("a", "b", "c"), frames(Delimited.stripped(9, bytes("\n"), bytes("\r\n")), "a\nb\r\nc\n"));
        assertEquals(
                List.of("a", "b;", "c"), frames(Delimited.stripped(9, bytes(";;,"), bytes("END")), "a;;,b;ENDc;;,"));
    }

    @Test
    void delimitedFrameOfTheGreatestLength() {
        assertEquals(List.of("abc", "abc"), frames(Delimited.stripped(3, bytes("--")), "abc--abc"));
        assertEquals(List.of("abc--"), frames(Delimited.kept(3, bytes("--")), "abc--"));
        assertEquals(List.of("FrameTooLargeException"), frames(Delimited.stripped(3, bytes("--")), "abcd--"));
        assertEquals(List.of("FrameTooLargeException"), frames(Delimited.stripped(3, bytes("--")), "abcd"));
        assertEquals(List.of("FrameTooLargeException"), frames(Delimited.stripped(3, bytes("--")), "abcdefgh"));
    }

    @Test
    void delimitedWrites() throws IOException {
        assertEquals("a--", encoded(Delimited.stripped(9, bytes("--"), bytes("\n")), bytes("a")));
        assertEquals("a", encoded(Delimited.kept(9, bytes("--")), bytes("a")));
    }

    @Test
    void delimitersThatCannotWorkAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Delimited.stripped(9));
        assertThrows(IllegalArgumentException.class, () -> Delimited.stripped(9, bytes("")));
        assertThrows(IllegalArgumentException.class, () -> Delimited.stripped(-1, bytes("a")));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Delimited.stripped(9, bytes("\r"), bytes("\r\n")));
        assertEquals("[13, 10] never ends a frame, since [13] does so first", e.getMessage());
    }

    // FixedLength and Bytes

    @Test
    void fixedLength() throws IOException {
        assertEquals(List.of("abc", "def"), frames(new FixedLength(3), "abcdef"));
        assertEquals("abc", encoded(new FixedLength(3), bytes("abc")));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> encoded(new FixedLength(3), bytes("ab")));
        assertEquals("a frame of 2 bytes, all have 3", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new FixedLength(0));
    }

    @Test
    void bytesComeAsTheyAre() throws IOException {
        assertEquals(List.of("abc"), frames(new Bytes(), "abc"));
        assertEquals(List.of(), frames(new Bytes(), ""));
        assertEquals("abc", encoded(new Bytes(), bytes("abc")));
        assertEquals("", encoded(new Bytes(), bytes("")));
    }

    // LengthDelimited

    private static LengthDelimitedBuilder with() {
        return LengthDelimited.builder();
    }

    /** The examples of the original's documentation. */
    @Test
    void headersOfAllKinds() {
        String hello = "HELLO, WORLD";
        assertEquals(List.of(hello), frames(with().lengthFieldLength(2).build(), "\0\14" + hello));
        assertEquals(
                List.of("\0\14" + hello),
                frames(
                        with().lengthFieldLength(2)
                                .lengthAdjustment(2)
                                .numSkip(0)
                                .build(),
                        "\0\14" + hello));
        assertEquals(
                List.of(hello),
                frames(with().lengthFieldLength(2).lengthAdjustment(-2).build(), "\0\16" + hello));
        assertEquals(
                List.of("\0\16" + hello),
                frames(with().lengthFieldLength(2).numSkip(0).build(), "\0\16" + hello));
        assertEquals(
                List.of("\0\0\14\u00CA\u00FE" + hello),
                frames(
                        with().lengthFieldLength(3)
                                .lengthAdjustment(5)
                                .numSkip(0)
                                .build(),
                        "\0\0\14\u00CA\u00FE" + hello));
        assertEquals(
                List.of("\u00FE" + hello),
                frames(
                        with().lengthFieldOffset(1)
                                .lengthFieldLength(2)
                                .lengthAdjustment(1)
                                .numSkip(3)
                                .build(),
                        "\u00CA\0\14\u00FE" + hello));
        assertEquals(
                List.of("\u00FE" + hello),
                frames(
                        with().lengthFieldOffset(1)
                                .lengthFieldLength(2)
                                .lengthAdjustment(-3)
                                .numSkip(3)
                                .build(),
                        "\u00CA\0\20\u00FE" + hello));
        assertEquals(
                List.of(hello),
                frames(
                        with().lengthFieldOffset(1)
                                .lengthFieldLength(2)
                                .lengthAdjustment(-4)
                                .numSkip(4)
                                .build(),
                        "\u00CA\0\20\u00FE" + hello));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void fieldsOfEachLengthInBothOrders(int length) throws IOException {
        LengthDelimited big = with().lengthFieldLength(length).bigEndian().build();
        LengthDelimited little = with().lengthFieldLength(length).littleEndian().build();
        String zeros = "\0".repeat(length - 1);
        assertEquals(zeros + "\2hi", encoded(big, bytes("hi")));
        assertEquals("\2" + zeros + "hi", encoded(little, bytes("hi")));
        assertEquals(List.of("hi", ""), frames(big, zeros + "\2hi" + zeros + "\0"));
        assertEquals(List.of("hi", ""), frames(little, "\2" + zeros + "hi" + zeros + "\0"));
    }

    @Test
    void lengthsThatAreTooLargeFailWithTheHeader() {
        LengthDelimited codec = with().lengthFieldLength(8).maxFrameLength(100).build();
        for (long length : new long[] {101, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            Buf in = Buf.allocate(8).putLong(length);
            FrameTooLargeException e = assertThrows(FrameTooLargeException.class, () -> codec.decode(in));
            assertEquals(length, e.size());
            assertEquals(
                    "a frame of " + Long.toUnsignedString(length) + " bytes or more, allowed are 100", e.getMessage());
        }
        LengthDelimited four = new LengthDelimited();
        assertThrows(
                FrameTooLargeException.class, () -> four.decode(Buf.allocate(4).putInt(-1)));
        assertThrows(
                FrameTooLargeException.class, () -> four.decode(Buf.allocate(4).putInt((8 << 20) + 1)));
    }

    @Test
    void adjustmentsThatOverflowOrUnderflow() {
        for (int adjustment : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            LengthDelimited codec =
                    with().lengthFieldLength(8).lengthAdjustment(adjustment).build();
            for (long length : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1}) {
                Buf in = Buf.allocate(8).putLong(length);
                assertThrows(IOException.class, () -> codec.decode(in), length + " and " + adjustment);
            }
        }
        LengthDelimited minus = with().lengthFieldLength(1).lengthAdjustment(-2).build();
        IOException e = assertThrows(
                IOException.class, () -> minus.decode(Buf.allocate(1).put((byte) 1)));
        assertEquals(
                "the length 1 is -1 after adjustment by -2, so that the frame would end within its header of 1 bytes",
                e.getMessage());
    }

    /** Otherwise a few bytes would be frames without end. */
    @Test
    void frameThatEndsWithinItsHeaderIsAnError() {
        LengthDelimited codec = with().lengthFieldLength(2).numSkip(0).build();
        assertEquals(List.of("IOException"), frames(codec, "\0\0"));
        assertEquals(List.of("IOException"), frames(codec, "\0\1"));
        assertEquals(List.of("\0\2"), frames(codec, "\0\2"));
    }

    @Test
    void skipBeyondTheHeader() {
        LengthDelimited codec = with().lengthFieldLength(1).numSkip(3).build();
        assertEquals(List.of("hi", ""), frames(codec, "\2..hi\0.."));
        assertEquals(List.of("IOException"), frames(codec, "\0"));
    }

    @Test
    void inputMayEndOnlyBetweenFrames() {
        LengthDelimited codec = with().lengthFieldLength(2).build();
        assertEquals(List.of("a"), frames(codec, "\0\1a"));
        assertEquals(List.of("a", "IOException"), frames(codec, "\0\1a\0"));
        assertEquals(List.of("a", "IOException"), frames(codec, "\0\1a\0\2"));
        assertEquals(List.of("a", "IOException"), frames(codec, "\0\1a\0\2b"));
    }

    @Test
    void whatDoesNotFitIsNotWritten() throws IOException {
        LengthDelimited codec = with().lengthFieldLength(1)
                .maxFrameLength(300)
                .lengthAdjustment(-10)
                .build();
        assertEquals((char) 255, encoded(codec, new byte[245]).charAt(0));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> codec.size(new byte[246]));
        assertEquals(
                "a frame of 246 bytes has the length 256 after adjustment, which does not fit into 1 bytes",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> codec.size(new byte[301]));
        LengthDelimited plus = with().lengthAdjustment(5).build();
        assertThrows(IllegalArgumentException.class, () -> plus.size(new byte[4]));
        assertEquals("\0\0\0\0.....", encoded(plus, bytes(".....")));
    }

    @Test
    void framesOfTheGreatestLengthPassThroughFramed() throws IOException {
        LengthDelimited codec = with().maxFrameLength(40 << 20).build();
        byte[] item = new byte[40 << 20];
        item[item.length - 1] = 7;
        Feed feed = new Feed(new BufPool(256 << 10, 1 << 20, true));
        ByteBuffer whole =
                ByteBuffer.allocate(4 + item.length).putInt(item.length).put(item);
        FramedRead<byte[]> frames =
                FramedRead.of(feed.give(whole.array()).end(), codec, FrameLimits.DEFAULT.maxFrame(item.length + 4));
        assertArrayEquals(item, frames.poll(Frames.NOBODY).value());
        assertTrue(frames.poll(Frames.NOBODY).isEnd());
    }

    @Test
    void optionsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> with().lengthFieldLength(0));
        assertThrows(IllegalArgumentException.class, () -> with().lengthFieldLength(9));
        assertThrows(IllegalArgumentException.class, () -> with().lengthFieldOffset(-1));
        assertThrows(IllegalArgumentException.class, () -> with().lengthFieldOffset(Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> with().numSkip(-1));
        assertThrows(IllegalArgumentException.class, () -> with().maxFrameLength(-1));
        assertThrows(IllegalArgumentException.class, () -> new Lines(-1));
    }
}
