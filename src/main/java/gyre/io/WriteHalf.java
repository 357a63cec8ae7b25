package gyre.io;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The writing direction of a {@link Split}. Loop thread only, also to close.
 *
 * <p>A future that waits on a half when it is closed finds {@link ClosedChannelException} when it is polled next.
 */
public final class WriteHalf implements Output {
    private static final Task NOBODY = () -> {};

    private final Split split;
    private final BufPool pool;
    private @Nullable Io io; // null: closed or reunited

    WriteHalf(Split split, Io io) {
        this.split = split;
        this.pool = io.buffers();
        this.io = io;
    }

    @Override
    public int write(Task task, Buf from) throws IOException {
        return io().write(task, from);
    }

    @Override
    public int write(Task task, Buf[] from, int offset, int count) throws IOException {
        return io().write(task, from, offset, count);
    }

    @Override
    public int flush(Task task) throws IOException {
        return io().flush(task);
    }

    @Override
    public int shutdownOutput(Task task) throws IOException {
        return io().shutdownOutput(task);
    }

    @Override
    public boolean pollWrite(Task task) throws IOException {
        return io().pollWrite(task);
    }

    @Override
    public BufPool buffers() {
        return pool;
    }

    /** Whether it can be used. */
    public boolean isOpen() {
        return io != null;
    }

    /**
     * Shuts the output down, as far as that goes without waiting: an {@code Io} that holds bytes back is flushed first,
     * by {@link #flush} or {@link #shutdownOutput}. What can't shut down one direction stays open for the other half.
     */
    @Override
    public void close() throws IOException {
        Io whole = io;
        if (whole != null) {
            io = null;
            if (!split.closeIfBoth(whole)) {
                try {
                    whole.shutdownOutput(NOBODY);
                } catch (ClosedChannelException | UnsupportedOperationException e) {
                    return; // closed as a whole already, or it can be closed only as a whole
                }
            }
        }
    }

    /** Closes this without a word to the peer. */
    void take() throws IOException {
        io();
        io = null;
    }

    private Io io() throws IOException {
        if (io == null) {
            throw new ClosedChannelException();
        }
        return io;
    }
}
