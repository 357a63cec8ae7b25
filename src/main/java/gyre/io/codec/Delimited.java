package gyre.io.codec;

import gyre.buffer.Buf;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames that end with a sequence of bytes, or with one of several. The first that is complete ends the frame; of two that end
 * with the same byte it is the longer one. One for each connection: it remembers how far it has looked.
 *
 * <p>What is left at the end of the input is a frame too, unless it is empty. A frame that is too long is a {@link
 * FrameTooLargeException}, as soon as that is known.
 *
 * <p>To encode appends the first of the delimiters if they are stripped, and nothing if they are kept: then the items have
 * theirs.
 */
public final class Delimited implements Decoder<byte[]>, Encoder<byte[]> {
    private final boolean keep;
    private final int max;
    private final byte[] first;
    private final byte[][] longestFirst;
    private final boolean[] lastBytes = new boolean[256];
    private int searched;

    private Delimited(boolean keep, int maxLength, byte[]... delimiters) {
        if (maxLength < 0) {
            throw new IllegalArgumentException("maxLength must be at least 0: " + maxLength);
        }
        if (delimiters.length == 0) {
            throw new IllegalArgumentException("there must be at least one delimiter");
        }
        this.keep = keep;
        this.max = maxLength;
        this.longestFirst = new byte[delimiters.length][];
        Arrays.setAll(longestFirst, i -> delimiters[i].clone());
        this.first = longestFirst[0];
        Arrays.sort(longestFirst, (a, b) -> b.length - a.length);
        for (byte[] delimiter : longestFirst) {
            if (delimiter.length == 0) {
                throw new IllegalArgumentException("a delimiter must have at least one byte");
            }
            lastBytes[delimiter[delimiter.length - 1] & 0xFF] = true;
        }
        requireReachable();
    }

    /**
     * Frames without their delimiters.
     *
     * @param maxLength bytes that a frame which comes may have, the delimiter not counted; at least 0
     * @param delimiters of at least one byte each
     * @throws IllegalArgumentException if one of them can never end a frame, since another one in it comes first
     */
    public static Delimited stripped(int maxLength, byte[]... delimiters) {
        return new Delimited(false, maxLength, delimiters);
    }

    /** As {@link #stripped}, but the delimiter is part of the frame. */
    public static Delimited kept(int maxLength, byte[]... delimiters) {
        return new Delimited(true, maxLength, delimiters);
    }

    @Override
    public byte @Nullable [] decode(Buf in) throws IOException {
        for (int i = next(in, searched); i >= 0; i = next(in, i + 1)) {
            byte[] delimiter = endingAt(in, i);
            if (delimiter != null) {
                return frame(in, i + 1 - delimiter.length, delimiter.length);
            }
        }
        searched = in.readable();
        // All but the last bytes, which may become part of a delimiter, are known to be of the frame.
        requireFits(searched + 1 - longestFirst[0].length);
        return null;
    }

    @Override
    public byte @Nullable [] decodeEnd(Buf in) throws IOException {
        byte[] frame = decode(in);
        return frame != null || in.readable() == 0 ? frame : frame(in, in.readable(), 0);
    }

    @Override
    public int size(byte[] item) {
        return keep ? item.length : Math.addExact(item.length, first.length);
    }

    @Override
    public void encode(byte[] item, Buf into) {
        into.put(item);
        if (!keep) {
            into.put(first);
        }
    }

    /** Where the next byte is that ends a delimiter, or -1. */
    private int next(Buf in, int from) {
        if (longestFirst.length == 1) {
            return in.indexOf(first[first.length - 1], from);
        }
        // One search for each of them would look at the same bytes again and again for one that is rare.
        for (int i = from; i < in.readable(); i++) {
            if (lastBytes[in.at(i) & 0xFF]) {
                return i;
            }
        }
        return -1;
    }

    private byte @Nullable [] endingAt(Buf in, int last) {
        for (byte[] delimiter : longestFirst) {
            int start = last + 1 - delimiter.length;
            int i = delimiter.length - 1;
            while (start >= 0 && i >= 0 && in.at(start + i) == delimiter[i]) {
                i--;
            }
            if (i < 0) {
                return delimiter;
            }
        }
        return null;
    }

    private byte[] frame(Buf in, int length, int delimiter) throws IOException {
        requireFits(length);
        searched = 0;
        byte[] frame = in.bytes(keep ? length + delimiter : length);
        in.skip(keep ? 0 : delimiter);
        return frame;
    }

    private void requireFits(int length) throws FrameTooLargeException {
        if (length > max) {
            throw new FrameTooLargeException(length, max);
        }
    }

    private void requireReachable() {
        for (byte[] delimiter : longestFirst) {
            Buf bytes = Buf.copyOf(delimiter);
            for (int i = 0; i < delimiter.length - 1; i++) {
                byte[] inside = endingAt(bytes, i);
                if (inside != null) {
                    throw new IllegalArgumentException(Arrays.toString(delimiter) + " never ends a frame, since "
                            + Arrays.toString(inside) + " does so first");
                }
            }
        }
    }
}
