package gyre.net;

import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.PacketSocket;
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
        PollEvented<PacketSocket> socket = binding.bind(local, handle, () -> at(local));
        try {
            return new UnixDatagram(socket, binding.file(local, handle));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private PollEvented<PacketSocket> at(SocketAddress local) throws IOException {
        PacketSocket socket = handle.pinned().backend().packet(StandardProtocolFamily.UNIX);
        try {
            options.set(socket::option);
            socket.bind(local);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return PollEvented.register(socket, handle);
    }
}
