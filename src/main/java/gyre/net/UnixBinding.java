package gyre.net;

import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.Backend;
import gyre.sys.Source;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** What binding to a path adds: a stale file may be in the way, and the new one wants to be deleted in the end. */
final class UnixBinding {
    private boolean replaceStale;
    private boolean unlinkOnClose = true;

    void replaceStale() {
        replaceStale = true;
    }

    void unlinkOnClose(boolean unlink) {
        unlinkOnClose = unlink;
    }

    /** Binds, and has the file deleted with the socket if it is to be. */
    <S extends Source> PollEvented<S> bind(SocketAddress local, Handle handle, Attempt<PollEvented<S>> attempt)
            throws IOException {
        PollEvented<S> socket = bound(local, handle, attempt);
        try {
            if (unlinkOnClose && local instanceof UnixDomainSocketAddress at && !UnixPath.isEmpty(at)) {
                socket.onClose(new SocketFile(at.getPath()));
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What goes wrong is told with what is at the path. */
    private <T> T bound(SocketAddress local, Handle handle, Attempt<T> attempt) throws IOException {
        Backend backend = handle.pinned().backend();
        if (!replaceStale || !(local instanceof UnixDomainSocketAddress at) || !UnixPath.isInFolder(at)) {
            return explained(local, backend, attempt);
        }
        return explained(local, backend, () -> {
            try (PathLock lock = PathLock.tryTake(at.getPath())) {
                if (lock == null) {
                    throw new RivalException(local);
                }
                UnixPath.deleteStale(at, backend);
                return attempt.bind();
            }
        });
    }

    private static <T> T explained(SocketAddress local, Backend backend, Attempt<T> attempt) throws IOException {
        try {
            return attempt.bind();
        } catch (RivalException e) {
            throw e;
        } catch (IOException e) {
            throw UnixPath.explainBind(e, local, backend);
        }
    }

    private static final class RivalException extends BindException {
        private static final long serialVersionUID = 1;

        RivalException(SocketAddress local) {
            super("bind " + local + ": somebody else is just binding there");
        }
    }

    /** Opens a socket and binds it. */
    interface Attempt<T> {
        T bind() throws IOException;
    }
}
