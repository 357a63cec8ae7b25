package gyre.net;

import gyre.reactor.Handle;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** How a {@link UnixDatagram} is bound. Loop thread only. */
public final class UnixDatagramBuilder {
    private final Handle handle;
    private final PendingOptions options = new PendingOptions();
    private final UnixBinding binding = new UnixBinding();

    UnixDatagramBuilder(Handle handle) {
        this.handle = handle;
    }

    /** Sets an option; checked when it is bound. */
    public <T> UnixDatagramBuilder option(SocketOption<T> option, T value) {
        options.put(option, value);
        return this;
    }

    /** Replaces a socket file that a process has left behind, as {@link UnixListenerBuilder#replaceStale}. */
    public UnixDatagramBuilder replaceStale() {
        binding.replaceStale();
        return this;
    }

    /** Whether the socket file is deleted with the socket, as {@link UnixListenerBuilder#unlinkOnClose}. On by default. */
    public UnixDatagramBuilder unlinkOnClose(boolean unlink) {
        binding.unlinkOnClose(unlink);
        return this;
    }

    /** Binds to a path; errors as in {@link UnixListener#bind(SocketAddress, Handle)}. */
    public UnixDatagram bind(Path path) throws IOException {
        return bind(UnixDomainSocketAddress.of(path));
    }

    /** Binds; errors as in {@link UnixListener#bind(SocketAddress, Handle)}, and those of the options. */
    public UnixDatagram bind(SocketAddress local) throws IOException {
        return new UnixDatagram(binding.bind(
                local, handle, () -> DatagramIo.bind(StandardProtocolFamily.UNIX, local, options, handle)));
    }
}
