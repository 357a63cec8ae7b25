package gyre.io;

import static gyre.io.Io.END;
import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;

/**
 * Reads up to a delimiter; the value is the bytes with the delimiter, or, if the input ends before one comes, what is
 * left: nothing at the very end. Fails if there is no delimiter in as many bytes as were allowed.
 *
 * <p>Cancelling it, or a failure, loses nothing: what it has looked at is still to be read.
 */
public final class ReadUntil extends Operation<byte[]> {
    private final BufferedInput reader;
    private final byte delimiter;
    private final int max;
    private int searched;

    private ReadUntil(BufferedInput reader, byte delimiter, int max) {
        if (max < 1 || max > reader.capacity()) {
            throw new IllegalArgumentException(
                    "max must be 1 to " + reader.capacity() + ", what the input reads ahead: " + max);
        }
        this.reader = reader;
        this.delimiter = delimiter;
        this.max = max;
    }

    /**
     * Reads to the delimiter.
     *
     * @param max how many bytes it may be, the delimiter counted; at least 1, at most the reader's capacity
     */
    public static ReadUntil readUntil(BufferedInput reader, byte delimiter, int max) {
        return new ReadUntil(reader, delimiter, max);
    }

    @Override
    Poll<byte[]> proceed(Task task) throws IOException {
        if (!task.spend(1)) { // what is in memory already has charged nothing for this poll
            return Poll.pending();
        }
        for (; ; ) {
            Buf ahead = reader.ahead();
            int found = ahead.indexOf(delimiter, searched);
            if (found >= 0 && found < max) {
                return Poll.ready(reader.take(found + 1));
            }
            searched = ahead.readable();
            if (searched >= max) {
                throw new IOException("no delimiter (" + delimiter + ") in " + max + " bytes");
            }
            int n = reader.fill(task);
            if (n == NOT_READY) {
                return Poll.pending();
            }
            if (n == END) {
                return Poll.ready(reader.take(reader.buffered()));
            }
        }
    }
}
