package gyre.io;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;

/** The writing direction of an {@link Io}, where answers and tasks are explained; or something that only writes. */
public interface Output extends Closeable {
    /**
     * Consumes from the buffer what the transport takes now; that may be part of it. The count says what was accepted:
     * an error on the way may show later.
     *
     * @return how many bytes, or {@link Io#NOT_READY}; 0 only if the buffer is empty
     */
    int write(Task task, Buf from) throws IOException;

    /**
     * Writes several buffers in order, with one call where the transport can.
     *
     * @param offset first buffer to write
     * @param count how many
     * @return bytes of all of them together, or {@link Io#NOT_READY}; 0 only if all are empty
     */
    default int write(Task task, Buf[] from, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, from.length);
        int total = 0;
        for (int i = offset; i < offset + count; i++) {
            int wanted = from[i].readable();
            int n = wanted == 0 ? 0 : write(task, from[i]);
            if (n == NOT_READY) {
                return total == 0 ? NOT_READY : total;
            }
            total += n;
            if (n < wanted) {
                break;
            }
        }
        return total;
    }

    /** Pushes out what the transport itself holds back; 0 when all of it is out, or {@link Io#NOT_READY}. */
    int flush(Task task) throws IOException;

    /**
     * Flushes, then tells the peer that no more bytes will come; reading goes on. 0 when done, also if it was done
     * before, or {@link Io#NOT_READY}.
     */
    int shutdownOutput(Task task) throws IOException;

    /** Whether a write is worth a try; a hint. If not, the task is kept. */
    boolean pollWrite(Task task) throws IOException;

    /** The buffers of the loop that this lives on. */
    BufPool buffers();

    /** Writes no more; whoever waits for it fails. What has not been flushed may be lost. Any number of times. */
    @Override
    void close() throws IOException;
}
