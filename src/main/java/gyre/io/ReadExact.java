package gyre.io;

import static gyre.io.Io.END;
import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.EOFException;
import java.io.IOException;

/**
 * Reads until a buffer is full, up to its {@linkplain Buf#limit(int) limit}; the value is the buffer. One without room is
 * full at once. Fails with an {@link EOFException} if the bytes end before.
 *
 * <p>The buffer is borrowed until it is done. Cancelling it, or a failure, loses nothing: what was read is in the buffer.
 */
public final class ReadExact extends Operation<Buf> {
    private final Input reader;
    private final Buf into;
    private final int wanted;

    private ReadExact(Input reader, Buf into) {
        this.reader = reader;
        this.into = into;
        this.wanted = into.writable();
    }

    /** Fills the buffer. For a number of bytes: {@code readExact(reader, Buf.allocate(number))}. */
    public static ReadExact readExact(Input reader, Buf into) {
        return new ReadExact(reader, into);
    }

    @Override
    Poll<Buf> proceed(Task task) throws IOException {
        while (into.writable() > 0) {
            int n = reader.read(task, into);
            if (n == NOT_READY) {
                return Poll.pending();
            }
            if (n == END) {
                throw new EOFException("early eof: " + (wanted - into.writable()) + " of " + wanted + " bytes came");
            }
        }
        return Poll.ready(into);
    }
}
