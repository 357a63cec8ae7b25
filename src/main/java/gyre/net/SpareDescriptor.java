package gyre.net;

import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that is given up for a moment when there is no other one, so that a peer can be accepted and closed. Loop
 * thread only.
 */
final class SpareDescriptor implements Closeable {
    private final Backend backend;
    private @Nullable Source held;

    SpareDescriptor(Backend backend) throws IOException {
        this.backend = backend;
        this.held = open();
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
        if (held != null) {
            return false;
        }
        accepted.close();
        reopen();
        return true;
    }

    private void reopen() {
        try {
            held = open();
        } catch (IOException e) {
            return; // the next descriptor that there is will be it
        }
    }

    @Override
    public void close() throws IOException {
        Source given = held;
        held = null;
        if (given != null) {
            given.close();
        }
    }
}
