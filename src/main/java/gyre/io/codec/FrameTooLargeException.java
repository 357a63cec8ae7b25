package gyre.io.codec;

import java.io.IOException;

/** A frame that came is larger than what was allowed. Where the next one begins is not known: the stream ends. */
public final class FrameTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    private final long size;
    private final long bound;

    /**
     * Of a frame that exceeds its bound.
     *
     * @param size bytes of the frame, as far as they are known: it has so many at least; a negative number is one of 64 bits
     *     without a sign
     * @param bound bytes that were allowed
     */
    public FrameTooLargeException(long size, long bound) {
        super("a frame of " + Long.toUnsignedString(size) + " bytes or more, allowed are " + bound);
        this.size = size;
        this.bound = bound;
    }

    /** Bytes of the frame, as far as they were known: it has so many at least; without a sign if negative. */
    public long size() {
        return size;
    }

    /** Bytes that were allowed. */
    public long bound() {
        return bound;
    }
}
