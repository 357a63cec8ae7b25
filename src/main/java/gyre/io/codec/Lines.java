package gyre.io.codec;

import static java.nio.charset.CodingErrorAction.REPORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import gyre.buffer.Buf;
import gyre.io.Io;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text in UTF-8, as {@code LinesCodec} of tokio-codec has them. One for each connection: it remembers how far it has
 * looked, so that no byte is looked at twice.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, which is not part of the item. What is left at the end of the input is a
 * line too, unless it is empty or only {@code \r}. A line that is not UTF-8 is a {@link MalformedFrameException}, and the next
 * one can be read; one that is too long is a {@link FrameTooLargeException}, as soon as that is known.
 *
 * <p>To encode appends {@code \n}. A {@code \n} inside of a text makes several lines of it. A text with half of a surrogate
 * pair is an {@link IllegalArgumentException}.
 */
public final class Lines implements Decoder<String>, Encoder<String> {
    /** Bytes of a line unless told otherwise. */
    public static final int DEFAULT_MAX_LENGTH = 64 << 10;

    private static final char REPLACEMENT = '\uFFFD';

    private final int max;
    private final CharsetEncoder utf8 = UTF_8.newEncoder().onMalformedInput(REPORT);
    private int searched;

    /** Lines that come with at most {@link #DEFAULT_MAX_LENGTH} bytes. */
    public Lines() {
        this(DEFAULT_MAX_LENGTH);
    }

    /**
     * Lines of bounded length.
     *
     * @param maxLength bytes that a line which comes may have, its end not counted; at least 0
     */
    public Lines(int maxLength) {
        if (maxLength < 0) {
            throw new IllegalArgumentException("maxLength must be at least 0: " + maxLength);
        }
        this.max = maxLength;
    }

    /** A connection that speaks in lines of {@link #DEFAULT_MAX_LENGTH} at most; it is closed with the result. */
    public static Framed<String, String> framed(Io io) {
        return Framed.of(io, new Lines());
    }

    @Override
    public @Nullable String decode(Buf in) throws IOException {
        int end = in.indexOf((byte) '\n', searched);
        if (end >= 0) {
            return line(in, end, 1);
        }
        searched = in.readable();
        requireFits(withoutReturn(in, searched));
        return null;
    }

    @Override
    public @Nullable String decodeEnd(Buf in) throws IOException {
        String line = decode(in);
        if (line != null || in.readable() == 0) {
            return line;
        }
        if (withoutReturn(in, in.readable()) == 0) {
            in.skip(1);
            return null;
        }
        return line(in, in.readable(), 0);
    }

    @Override
    public int size(String text) {
        long size = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    @Override
    public void encode(String text, Buf into) {
        ByteBuffer room = into.writeView();
        int before = room.position();
        CharBuffer chars = CharBuffer.wrap(text);
        CoderResult result = utf8.reset().encode(chars, room, true);
        if (result.isError()) {
            throw new IllegalArgumentException("half of a surrogate pair at index " + chars.position());
        }
        into.advance(room.position() - before).put((byte) '\n');
    }

    private String line(Buf in, int end, int delimiter) throws IOException {
        int length = withoutReturn(in, end);
        requireFits(length);
        searched = 0;
        byte[] bytes = in.bytes(length);
        in.skip(end + delimiter - length);
        String text = new String(bytes, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(ByteBuffer.wrap(bytes));
        }
        return text;
    }

    /** The replacement may have been sent as such. */
    private static void requireUtf8(ByteBuffer bytes) throws MalformedFrameException {
        try {
            UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new MalformedFrameException(
                    "a line of " + bytes.limit() + " bytes is not UTF-8 at offset " + bytes.position(), e);
        }
    }

    private static int withoutReturn(Buf in, int length) {
        return length > 0 && in.at(length - 1) == '\r' ? length - 1 : length;
    }

    private void requireFits(int length) throws FrameTooLargeException {
        if (length > max) {
            throw new FrameTooLargeException(length, max);
        }
    }
}
