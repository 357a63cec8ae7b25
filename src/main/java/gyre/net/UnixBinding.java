package gyre.net;

import gyre.reactor.Handle;
import gyre.sys.Backend;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

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

    /** Binds; what goes wrong is told with what is at the path. */
    <T> T bind(SocketAddress local, Handle handle, Attempt<T> attempt) throws IOException {
        Backend backend = handle.pinned().backend();
        try {
            return attempt.bind();
        } catch (IOException e) {
            if (!replaceStale || !UnixPath.removeStale(local, backend)) {
                throw UnixPath.explainBind(e, local, backend);
            }
        }
        try {
            return attempt.bind();
        } catch (IOException e) {
            throw UnixPath.explainBind(e, local, backend);
        }
    }

    /** The file that was made and is to be deleted, if any. */
    @Nullable SocketFile file(SocketAddress local, Handle handle) throws IOException {
        return unlinkOnClose && local instanceof UnixDomainSocketAddress at && !UnixPath.isEmpty(at)
                ? SocketFile.guard(at.getPath(), handle)
                : null;
    }

    /** A try to bind, which may be made twice. */
    interface Attempt<T> {
        T bind() throws IOException;
    }
}
