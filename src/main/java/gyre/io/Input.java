package gyre.io;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.Closeable;
import java.io.IOException;

/** The reading direction of an {@link Io}, where answers and tasks are explained; or something that only reads. */
public interface Input extends Closeable {
    /**
     * Appends to the buffer what has arrived, at most {@link Buf#writable} bytes.
     *
     * @return how many bytes, at least 1, {@link Io#END}, or {@link Io#NOT_READY}
     * @throws IllegalArgumentException if the buffer is full
     */
    int read(Task task, Buf into) throws IOException;

    /** Whether a read is worth a try; a hint. If not, the task is kept. */
    boolean pollRead(Task task) throws IOException;

    /** The buffers of the loop that this lives on. */
    BufPool buffers();

    /** Reads no more; whoever waits for it fails. Any number of times. */
    @Override
    void close() throws IOException;
}
