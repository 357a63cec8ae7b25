package gyre.sys;

import gyre.buffer.Buf;
import java.io.IOException;

/** A source that carries bytes, in either direction or both. */
public interface ByteStream extends Source {
    /** Appends what is there, at most {@link Buf#writable}: a count of at least 1, {@code END}, or {@code NOT_READY}. */
    int read(Buf into) throws IOException;

    /** Consumes what is taken now: a count of at least 0 (0 only if it is empty), or {@code NOT_READY}. */
    int write(Buf from) throws IOException;

    /** Consumes from several in order: a count over all, or {@code NOT_READY}. Any count of buffers; may take only some. */
    int write(Buf[] from, int offset, int count) throws IOException;

    /**
     * Whether a read that fills less than it was offered shows that nothing is left, as long as no bit of
     * {@link Ready#STICKY} was seen. True of TCP; a Unix socket also ends a read where a descriptor is attached.
     */
    boolean shortReadDrains();
}
