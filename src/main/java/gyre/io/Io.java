package gyre.io;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.buffer.Transfer;
import gyre.future.Task;
import java.io.Closeable;
import java.io.IOException;

/**
 * A stream of bytes in both directions that never blocks: a socket, a pipe, or something in memory.
 *
 * <p>Every operation answers a count of at least 0, {@link #END} or {@link #NOT_READY}. Only {@code NOT_READY} keeps the
 * task, and wakes it when the operation is worth another try; a wake may be spurious. A direction may have several tasks
 * waiting; all are woken. What is not a count and not one of the two is an exception; after one from the transport, the
 * direction is not to be used again.
 *
 * <p><b>Threads.</b> Loop thread only, {@link #close} from any.
 */
public interface Io extends Closeable {
    /** The peer has ended its output. */
    int END = Transfer.END;

    /** Nothing could be done now; the task has been kept. */
    int NOT_READY = Transfer.NOT_READY;

    /**
     * Appends to the buffer what has arrived, at most {@link Buf#writable} bytes.
     *
     * @return how many bytes, at least 1, {@link #END}, or {@link #NOT_READY}
     * @throws IllegalArgumentException if the buffer is full
     */
    int read(Task task, Buf into) throws IOException;

    /**
     * Consumes from the buffer what the transport takes now; that may be part of it. The count says what was accepted:
     * an error on the way may show later.
     *
     * @return how many bytes, or {@link #NOT_READY}; 0 only if the buffer is empty
     */
    int write(Task task, Buf from) throws IOException;

    /**
     * Writes several buffers in order, with one call where the transport can.
     *
     * @param offset first buffer to write
     * @param count how many
     * @return bytes of all of them together, or {@link #NOT_READY}; 0 only if all are empty
     */
    default int write(Task task, Buf[] from, int offset, int count) throws IOException {
        int total = 0;
        for (int i = offset; i < offset + count; i++) {
            int wanted = from[i].readable();
            int n = wanted == 0 ? 0 : write(task, from[i]);
            if (n == NOT_READY) {
                return total == 0 ? NOT_READY : total;
            }
            total += n;
            if (n < wanted) {
                return total;
            }
        }
        return total;
    }

    /** Pushes out what the transport itself holds back; 0 when all of it is out, or {@link #NOT_READY}. */
    int flush(Task task) throws IOException;

    /** Flushes, then tells the peer that no more bytes will come; reading goes on. 0 when done, or {@link #NOT_READY}. */
    int shutdownOutput(Task task) throws IOException;

    /** Whether a read is worth a try; a hint. If not, the task is kept. */
    boolean pollRead(Task task) throws IOException;

    /** Whether a write is worth a try; a hint. If not, the task is kept. */
    boolean pollWrite(Task task) throws IOException;

    /** The buffers of the loop that this lives on. */
    BufPool buffers();

    /** Closes both directions, whoever waits on them fails. From any thread, any number of times. */
    @Override
    void close() throws IOException;
}
