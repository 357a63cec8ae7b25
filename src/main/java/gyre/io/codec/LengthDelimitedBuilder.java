package gyre.io.codec;

/**
 * Where in a frame its length is, and what it counts: the options of {@code length_delimited} in tokio-io, with its names.
 *
 * <p>A frame is a header and the bytes after it. The header is {@code lengthFieldOffset} bytes, then the field. The item is the
 * bytes after the first {@code numSkip}; as many as the field says and {@code lengthAdjustment} more. For example, a
 * length of two bytes that counts itself, with both in the item: {@code lengthFieldLength(2).numSkip(0)}; without it in
 * the item: {@code lengthFieldLength(2).lengthAdjustment(-2)}.
 */
public final class LengthDelimitedBuilder {
    int fieldOffset;
    int fieldLength = 4;
    int adjustment;
    int skip = -1; // the header
    int max = 8 << 20;
    boolean littleEndian;

    LengthDelimitedBuilder() {}

    /** Bytes before the length field, at least 0. Default: 0. Only for frames that come. */
    public LengthDelimitedBuilder lengthFieldOffset(int bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalArgumentException("lengthFieldOffset must be at least 0: " + bytes);
        }
        fieldOffset = bytes;
        return this;
    }

    /** Bytes of the length field, 1 to 8. Default: 4. */
    public LengthDelimitedBuilder lengthFieldLength(int bytes) {
        if (bytes < 1 || bytes > Long.BYTES) {
            throw new IllegalArgumentException("lengthFieldLength must be 1 to 8: " + bytes);
        }
        fieldLength = bytes;
        return this;
    }

    /** What is added to the field to get the length of the item, and subtracted to get the field. Default: 0. */
    public LengthDelimitedBuilder lengthAdjustment(int bytes) {
        adjustment = bytes;
        return this;
    }

    /** Bytes at the beginning that are not part of the item, at least 0. Default: the header. Only for frames that come. */
    public LengthDelimitedBuilder numSkip(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("numSkip must be at least 0: " + bytes);
        }
        skip = bytes;
        return this;
    }

    /** Bytes of the largest item, coming or going, at least 0. Default: 8 MiB. */
    public LengthDelimitedBuilder maxFrameLength(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("maxFrameLength must be at least 0: " + bytes);
        }
        max = bytes;
        return this;
    }

    /** The most significant byte of the length comes first; so it is by default. */
    public LengthDelimitedBuilder bigEndian() {
        littleEndian = false;
        return this;
    }

    /** The least significant byte of the length comes first. */
    public LengthDelimitedBuilder littleEndian() {
        littleEndian = true;
        return this;
    }

    /** The codec. */
    public LengthDelimited build() {
        return new LengthDelimited(this);
    }
}
