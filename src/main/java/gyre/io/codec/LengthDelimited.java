package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.io.Io;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Frames that say their length first. It remembers nothing and can be shared.
 *
 * <p>A frame begins with a header, in which a number without a sign counts the bytes that follow. The item is what comes
 * after the header, unless {@linkplain LengthDelimitedBuilder the builder} says otherwise; what it writes has the length field
 * as the only header.
 *
 * <p>A length that is too large is a {@link FrameTooLargeException} as soon as the header has come, before there is memory
 * for it. The input may end only between two frames. (The original also lets it end between a header and its bytes, as if the
 * frame had never begun.)
 */
public final class LengthDelimited implements Decoder<byte[]>, Encoder<byte[]> {
    private final int fieldOffset;
    private final int fieldLength;
    private final int adjustment;
    private final int skip;
    private final int header;
    private final int max;
    private final boolean littleEndian;

    LengthDelimited(LengthDelimitedBuilder options) {
        this.fieldOffset = options.fieldOffset;
        this.fieldLength = options.fieldLength;
        this.adjustment = options.adjustment;
        this.header = fieldOffset + fieldLength;
        this.skip = options.skip < 0 ? header : options.skip;
        this.max = options.max;
        this.littleEndian = options.littleEndian;
    }

    /** Four bytes, big-endian, that count the bytes after them; at most 8 MiB. */
    public LengthDelimited() {
        this(builder());
    }

    /** Where the length is and what it counts. */
    public static LengthDelimitedBuilder builder() {
        return new LengthDelimitedBuilder();
    }

    /** A connection that moves such frames; it is closed with the result. */
    public Framed<byte[], byte[]> framed(Io io) {
        FrameLimits limits = FrameLimits.DEFAULT;
        long needed = (long) max + Math.max(skip, header);
        return Framed.of(io, this, this, limits.maxFrame((int)
                Math.min(Integer.MAX_VALUE, Math.max(needed, limits.maxFrame()))));
    }

    @Override
    public byte @Nullable [] decode(Buf in) throws IOException {
        if (in.readable() < header) {
            return null;
        }
        long length = length(in);
        if (in.readable() - skip < length) {
            return null;
        }
        return in.skip(skip).bytes((int) length);
    }

    @Override
    public int size(byte[] item) {
        if (item.length > max) {
            throw new IllegalArgumentException("a frame of " + item.length + " bytes, allowed are " + max);
        }
        long field = (long) item.length - adjustment;
        if (field < 0 || (fieldLength < Long.BYTES && field >>> (fieldLength * Byte.SIZE) != 0)) {
            throw new IllegalArgumentException("a frame of " + item.length + " bytes has the length " + field
                    + " after adjustment, which does not fit into " + fieldLength + " bytes");
        }
        return Math.addExact(item.length, fieldLength);
    }

    @Override
    public void encode(byte[] item, Buf into) {
        long field = (long) item.length - adjustment;
        for (int i = 0; i < fieldLength; i++) {
            into.put((byte) (field >>> shift(i)));
        }
        into.put(item);
    }

    /** Bytes of the item in front, checked. */
    private long length(Buf in) throws IOException {
        long field = 0;
        for (int i = 0; i < fieldLength; i++) {
            field |= (in.at(fieldOffset + i) & 0xFFL) << shift(i);
        }
        if (field < 0) {
            throw new FrameTooLargeException(field, max);
        }
        // No overflow: of two with different signs, or of one that is far above the bound.
        long length = field > Integer.MAX_VALUE * 2L ? field : field + adjustment;
        if (length > max) {
            throw new FrameTooLargeException(length, max);
        }
        if (length < 0 || skip + length < header) {
            throw new IOException("the length " + field + " is " + length + " after adjustment by " + adjustment
                    + ", so that the frame would end within its header of " + header + " bytes");
        }
        return length;
    }

    private int shift(int index) {
        return Byte.SIZE * (littleEndian ? index : fieldLength - 1 - index);
    }
}
