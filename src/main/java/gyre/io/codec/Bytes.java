package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.io.Io;
import org.jspecify.annotations.Nullable;

/**
 * No frames: whatever has come is an item, in pieces as the transport makes them; whatever is sent goes out as it is. It
 * remembers nothing and can be shared.
 */
public final class Bytes implements Decoder<byte[]>, Encoder<byte[]> {
    /** The codec. */
    public Bytes() {}

    /** A connection that moves raw bytes; it is closed with the result. */
    public static Framed<byte[], byte[]> framed(Io io) {
        return Framed.of(io, new Bytes());
    }

    @Override
    public byte @Nullable [] decode(Buf in) {
        return in.readable() == 0 ? null : in.bytes(in.readable());
    }

    @Override
    public int size(byte[] item) {
        return item.length;
    }

    @Override
    public void encode(byte[] item, Buf into) {
        into.put(item);
    }
}
