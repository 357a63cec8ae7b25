package gyre.io;

import gyre.buffer.BufPool;
import gyre.buffer.Transfer;
import java.io.IOException;

/**
 * A stream of bytes in both directions that never blocks: a socket, a pipe, or something in memory.
 *
 * <p>Every operation answers a count of at least 0, {@link #END} or {@link #NOT_READY}. Only {@code NOT_READY} keeps the
 * task, and wakes it when the operation is worth another try; a wake may be spurious. A direction may have several tasks
 * waiting; all are woken. What is not a count and not one of the two is an exception; after one from the transport, the
 * direction is not to be used again.
 *
 * <p>Operations charge the task's budget. When it is used up they answer {@code NOT_READY}, although they could go on,
 * and the task is woken at once.
 *
 * <p><b>Threads.</b> Loop thread only, {@link #close} and {@link #buffers} from any.
 */
public interface Io extends Input, Output {
    /** The peer has ended its output. */
    int END = Transfer.END;

    /** Nothing could be done now; the task has been kept. */
    int NOT_READY = Transfer.NOT_READY;

    @Override
    BufPool buffers();

    /** This as two halves, each with a life of its own; it is then used through them only. */
    default Split split() {
        return new Split(this);
    }

    /** Closes both directions, whoever waits on them fails. From any thread, any number of times. */
    @Override
    void close() throws IOException;
}
