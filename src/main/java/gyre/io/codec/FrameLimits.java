package gyre.io.codec;

/**
 * What a framed connection may hold.
 *
 * <p><b>The maximum frame.</b> A {@link Decoder} never sees more bytes at once. If it asks for more without having consumed
 * any of so many, the stream fails with {@link FrameTooLargeException}. An item whose {@link Encoder#size} is greater is
 * refused. The codecs of this package have bounds of their own besides.
 *
 * <p><b>The water marks</b> are bytes that were encoded and not yet written. From the high one on, no item is taken until
 * there are no more than the low one. A high mark above half of a pool's buffer counts as that.
 *
 * @param maxFrame bytes of the largest frame, at least 1
 * @param lowWater at least 0, at most {@code highWater}
 * @param highWater at least 1
 */
public record FrameLimits(int maxFrame, int lowWater, int highWater) {
    /** Frames of 16 MiB, marks at 32 and 64 KiB. */
    public static final FrameLimits DEFAULT = new FrameLimits(16 << 20, 32 << 10, 64 << 10);

    /** Checks the bounds. */
    public FrameLimits {
        if (maxFrame < 1) {
            throw new IllegalArgumentException("maxFrame must be at least 1: " + maxFrame);
        }
        if (highWater < 1) {
            throw new IllegalArgumentException("highWater must be at least 1: " + highWater);
        }
        if (lowWater < 0 || lowWater > highWater) {
            throw new IllegalArgumentException("lowWater must be 0 to " + highWater + ", the high mark: " + lowWater);
        }
    }

    /** The same with another maximum. */
    public FrameLimits maxFrame(int bytes) {
        return new FrameLimits(bytes, lowWater, highWater);
    }

    /** The same with other water marks. */
    public FrameLimits water(int low, int high) {
        return new FrameLimits(maxFrame, low, high);
    }
}
