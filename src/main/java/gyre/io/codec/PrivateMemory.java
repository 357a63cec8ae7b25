package gyre.io.codec;

import gyre.buffer.Buf;
import java.io.IOException;

/** Buffers outside the pool. */
final class PrivateMemory {
    /** Up to so many bytes a connection keeps for itself, rather than a buffer of the pool. */
    static final int SMALL = 4 << 10;

    private PrivateMemory() {}

    /** A frame for which the JVM has no memory costs its connection, not the loop. */
    static Buf allocate(int bytes) throws IOException {
        try {
            return Buf.allocate(bytes);
        } catch (OutOfMemoryError e) {
            throw new IOException("no direct memory for " + bytes + " bytes", e);
        }
    }
}
