package gyre.io;

import gyre.buffer.Buf;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;

/**
 * Reads once; the value is the number of bytes, at least 1, or {@link Io#END}.
 *
 * <p>The buffer is borrowed until it is done. Cancelling it loses nothing.
 */
public final class Read extends Operation<Integer> {
    private final Input reader;
    private final Buf into;

    private Read(Input reader, Buf into) {
        this.reader = reader;
        this.into = into;
    }

    /** Appends to the buffer what is there, or what comes first. */
    public static Read read(Input reader, Buf into) {
        return new Read(reader, into);
    }

    @Override
    Poll<Integer> proceed(Task task) throws IOException {
        int n = reader.read(task, into);
        return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
    }
}
