package gyre.io;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;

/**
 * Writes all that is readable in a buffer; the value is the buffer, for reuse. It does not flush.
 *
 * <p>The buffer is borrowed until it is done. Cancelling it loses nothing: what was not written is still readable.
 */
public final class WriteAll extends Operation<Buf> {
    private final Output writer;
    private final Buf from;

    private WriteAll(Output writer, Buf from) {
        this.writer = writer;
        this.from = from;
    }

    /** Writes the buffer until it is empty. */
    public static WriteAll writeAll(Output writer, Buf from) {
        return new WriteAll(writer, from);
    }

    /**
     * Writes the buffers in order until all are empty, several with one call where the transport can: see
     * {@link WriteAllOf}.
     */
    public static WriteAllOf writeAll(Output writer, Buf... from) {
        return new WriteAllOf(writer, from);
    }

    @Override
    Poll<Buf> proceed(Task task) throws IOException {
        while (from.readable() > 0) {
            int n = writer.write(task, from);
            if (n <= 0) {
                requireNotReady(n);
                return Poll.pending();
            }
        }
        return Poll.ready(from);
    }

    /**
     * For who writes in a loop: looks at what a write that took none of some bytes has answered. From any thread.
     *
     * @throws IOException if that is not {@code NOT_READY}: the writer would be asked for ever
     */
    public static void requireNotReady(int answer) throws IOException {
        if (answer != NOT_READY) {
            throw new IOException("write zero: the output takes nothing, and is not waiting either: " + answer);
        }
    }
}
