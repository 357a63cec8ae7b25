package gyre.io.codec;

import java.io.IOException;

/**
 * One frame is of no use, but it is known where it ends: it has been consumed, and the stream may be polled for the next.
 * A {@link Decoder} throws it only after it has consumed something.
 */
public class MalformedFrameException extends IOException {
    private static final long serialVersionUID = 1;

    /** What is wrong with the frame. */
    public MalformedFrameException(String message) {
        super(message);
    }

    /** What is wrong with the frame, and what found that. */
    public MalformedFrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
