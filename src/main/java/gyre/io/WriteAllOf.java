package gyre.io;

import gyre.buffer.Buf;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;

/**
 * Writes all that is readable in several buffers, in order and as with one gathering write; the value is the same array,
 * for reuse. It does not flush. Made by {@link WriteAll#writeAll(Output, Buf...)}.
 *
 * <p>The array and the buffers are borrowed until it is done, and none of them twice: one buffer stands in the array once.
 * Cancelling it loses nothing: what was not written is still readable, and whatever was is in front of it.
 */
public final class WriteAllOf extends Operation<Buf[]> {
    private final Output writer;
    private final Buf[] from;
    private int next; // all before it are empty

    WriteAllOf(Output writer, Buf[] from) {
        this.writer = writer;
        this.from = from;
    }

    @Override
    Poll<Buf[]> proceed(Task task) throws IOException {
        while (true) {
            while (next < from.length && from[next].readable() == 0) {
                next++;
            }
            if (next == from.length) {
                return Poll.ready(from);
            }
            int left = from.length - next;
            int n = left == 1 ? writer.write(task, from[next]) : writer.write(task, from, next, left);
            if (n <= 0) {
                WriteAll.requireNotReady(n);
                return Poll.pending();
            }
        }
    }
}
