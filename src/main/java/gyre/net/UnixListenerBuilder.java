package gyre.net;

import gyre.reactor.Handle;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** How a {@link UnixListener} is bound. Loop thread only. */
public final class UnixListenerBuilder {
    private final Listening listening;
    private final UnixBinding binding = new UnixBinding();

    UnixListenerBuilder(Handle handle) {
        this.listening = new Listening(handle);
    }

    /** Sets an option; checked by {@link #bind(SocketAddress)}. */
    public <T> UnixListenerBuilder option(SocketOption<T> option, T value) {
        listening.option(option, value);
        return this;
    }

    /** Connections that may wait to be accepted, at least 1; the system may cut it. Default: 4,096. */
    public UnixListenerBuilder backlog(int connections) {
        listening.backlog(connections);
        return this;
    }

    /**
     * Replaces a socket file that a process has left behind which ended without deleting it. A file that is no socket, a
     * link, and a socket that lives, are never touched, also if several processes do this at once: a locked file in the same
     * directory, deleted in the end, lets one after the other look. On the NIO backend a living listener is asked by a
     * connection that ends at once.
     */
    public UnixListenerBuilder replaceStale() {
        binding.replaceStale();
        return this;
    }

    /**
     * Whether the socket file is deleted when the listener closes, or its Core. On by default: then the next start finds the
     * path free. Off where another process goes on to listen on the same socket. A process that is killed deletes nothing.
     */
    public UnixListenerBuilder unlinkOnClose(boolean unlink) {
        binding.unlinkOnClose(unlink);
        return this;
    }

    /** Binds to a path and listens; errors as in {@link UnixListener#bind(SocketAddress, Handle)}. */
    public UnixListener bind(Path path) throws IOException {
        return bind(UnixDomainSocketAddress.of(path));
    }

    /** Binds and listens; errors as in {@link UnixListener#bind(SocketAddress, Handle)}, and those of the options. */
    public UnixListener bind(SocketAddress local) throws IOException {
        return new UnixListener(
                binding.bind(local, listening.handle, () -> listening.at(StandardProtocolFamily.UNIX, local)));
    }
}
