package gyre.io;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The reading direction of a {@link Split}. Loop thread only, also to close.
 *
 * <p>A future that waits on a half when it is closed finds {@link ClosedChannelException} when it is polled next.
 */
public final class ReadHalf implements Input {
    private final Split split;
    private final BufPool pool;
    private @Nullable Io io; // null: closed or reunited

    ReadHalf(Split split, Io io) {
        this.split = split;
        this.pool = io.buffers();
        this.io = io;
    }

    @Override
    public int read(Task task, Buf into) throws IOException {
        return io().read(task, into);
    }

    @Override
    public boolean pollRead(Task task) throws IOException {
        return io().pollRead(task);
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
     * The whole again; both halves are closed by this, the {@code Io} is not.
     *
     * @throws IllegalArgumentException if the other is not the half of the same {@code Io}
     * @throws IOException if one of the two is closed
     */
    public Io reunite(WriteHalf other) throws IOException {
        if (split.writer() != other) {
            throw new IllegalArgumentException("these halves are not of one Io");
        }
        Io whole = io();
        other.take();
        io = null;
        return whole;
    }

    /** Reads no more. The peer learns nothing of it while the write half is open. */
    @Override
    public void close() throws IOException {
        Io whole = io;
        if (whole != null) {
            io = null;
            split.closeIfBoth(whole);
        }
    }

    private Io io() throws IOException {
        if (io == null) {
            throw new ClosedChannelException();
        }
        return io;
    }
}
