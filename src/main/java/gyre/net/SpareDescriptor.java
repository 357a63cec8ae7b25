package gyre.net;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that is given up for a moment when there is no other one, so that a peer can be accepted and closed. Freed
 * when its listener closes or the loop does: a task that is never done, so that the loop ends it. Loop thread only, but
 * {@link #close}.
 */
final class SpareDescriptor implements Future<Void>, Closeable {
    private final Backend backend;
    private @Nullable Source held;
    private boolean closed;
    private @Nullable JoinHandle<Void> task;

    private SpareDescriptor(Backend backend) throws IOException {
        this.backend = backend;
        this.held = open();
    }

    static SpareDescriptor of(Handle handle) throws IOException {
        SpareDescriptor spare = new SpareDescriptor(handle.pinned().backend());
        spare.task = handle.spawn(spare);
        return spare;
    }

    private Source open() throws IOException {
        return backend.packet(StandardProtocolFamily.INET);
    }

    /** What became of a peer for whom there was no descriptor. */
    enum Refusal {
        /** It was accepted and closed. */
        DONE,
        /** There was none: the system says that there is no descriptor before it looks. */
        NOBODY,
        /** Another thread has taken what was given up. */
        FAILED
    }

    Refusal refuse(ListenSocket listener) {
        Source given = held;
        if (given == null) {
            return Refusal.FAILED;
        }
        held = null;
        try {
            given.close();
            StreamSocket refused = listener.accept();
            if (refused == null) {
                return Refusal.NOBODY;
            }
            refused.close();
            return Refusal.DONE;
        } catch (IOException e) {
            return Refusal.FAILED;
        } finally {
            reopen();
        }
    }

    /** Whether a peer who could be accepted is refused all the same, since its descriptor is the spare one that was lost. */
    boolean takes(StreamSocket accepted) throws IOException {
        if (held != null || closed) {
            return false;
        }
        accepted.close();
        reopen();
        return true;
    }

    private void reopen() {
        try {
            held = closed ? null : open();
        } catch (IOException e) {
            return; // the next descriptor that there is will be it
        }
    }

    @Override
    public Poll<Void> poll(Task task) {
        return Poll.pending();
    }

    @Override
    public void cancel() {
        closed = true;
        Source given = held;
        held = null;
        if (given != null) {
            try {
                given.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** From any thread. */
    @Override
    public void close() {
        Objects.requireNonNull(task).abort();
    }
}
