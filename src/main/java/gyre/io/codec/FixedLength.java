package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.io.Io;
import org.jspecify.annotations.Nullable;

/** Frames that all have the same length. A part of one at the end is an error. It remembers nothing and can be shared. */
public final class FixedLength implements Decoder<byte[]>, Encoder<byte[]> {
    private final int length;

    /**
     * Frames of so many bytes.
     *
     * @param length at least 1
     */
    public FixedLength(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("length must be at least 1: " + length);
        }
        this.length = length;
    }

    /** A connection that moves such frames; it is closed with the result. */
    public Framed<byte[], byte[]> framed(Io io) {
        FrameLimits limits = FrameLimits.DEFAULT;
        return Framed.of(io, this, this, limits.maxFrame(Math.max(length, limits.maxFrame())));
    }

    @Override
    public byte @Nullable [] decode(Buf in) {
        return in.readable() < length ? null : in.bytes(length);
    }

    @Override
    public int size(byte[] item) {
        if (item.length != length) {
            throw new IllegalArgumentException("a frame of " + item.length + " bytes, all have " + length);
        }
        return length;
    }

    @Override
    public void encode(byte[] item, Buf into) {
        into.put(item);
    }
}
