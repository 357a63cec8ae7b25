package gyre.net;

import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.ListenSocket;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import gyre.sys.UnixNameAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/**
 * A listening Unix socket. Its file is deleted when it closes ({@link UnixListenerBuilder#unlinkOnClose}), if it is still
 * the one that was made: on the loop's thread the path is free when {@link #close} returns. Who may connect is a matter of
 * that file's permissions, and of its directory's. Errors of single connections, and resources that run out, are treated as
 * {@link SocketListener} says. Ported from tokio-uds.
 */
public final class UnixListener extends SocketListener<UnixStream> {
    UnixListener(PollEvented<ListenSocket> evented) {
        super(evented);
    }

    /** Binds to a path and listens; see {@link #bind(SocketAddress, Handle)}. */
    public static UnixListener bind(Path path, Handle handle) throws IOException {
        return builder(handle).bind(path);
    }

    /**
     * Binds and listens, with a backlog of 4,096 (the system may cut it).
     *
     * @param local a {@link UnixDomainSocketAddress} or a {@link UnixNameAddress}; an empty path has the system choose a name
     * @throws java.net.BindException if it can't be bound: the message names the path and says what is in the way, a living
     *     socket, a stale one, another file; or what is missing, the directory or a permission
     * @throws IllegalArgumentException if the path is too long, or it is another kind of address
     * @throws UnsupportedOperationException if it is an abstract name and the loop's backend has none
     * @throws IllegalStateException off the loop's thread
     */
    public static UnixListener bind(SocketAddress local, Handle handle) throws IOException {
        return builder(handle).bind(local);
    }

    /** For options that have to be set before binding, and for what is done with the file. */
    public static UnixListenerBuilder builder(Handle handle) {
        return new UnixListenerBuilder(handle);
    }

    /**
     * Adopts a listening socket by its descriptor, which is duplicated and made non-blocking: as a service manager hands
     * it over. Its file stays when this closes.
     *
     * @throws UnsupportedOperationException if the loop's backend has no descriptors
     * @throws IllegalArgumentException if it is not a listening Unix socket
     */
    public static UnixListener fromDescriptor(int descriptor, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromDescriptor(descriptor), "descriptor " + descriptor, handle);
    }

    /**
     * Adopts a bound channel, which the result owns from then on; it is closed if this fails. Its file stays when this closes.
     *
     * @throws UnsupportedOperationException if the loop's backend can't watch channels: it stays open
     * @throws IllegalStateException off the loop's thread: it stays open
     * @throws IllegalArgumentException if it is not a Unix socket
     */
    public static UnixListener fromChannel(ServerSocketChannel channel, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromChannel(channel), channel, handle);
    }

    private static UnixListener adopt(Source source, Object what, Handle handle) throws IOException {
        PollEvented<ListenSocket> evented = Adoption.register(
                source,
                ListenSocket.class,
                socket -> !(socket.localAddress() instanceof InetSocketAddress),
                "a listening Unix socket",
                what,
                handle);
        return new UnixListener(evented);
    }

    @Override
    UnixStream accepted(StreamSocket socket) throws IOException {
        return UnixStream.register(socket, evented.handle());
    }

    /** What it is bound to: a {@link UnixDomainSocketAddress} or a {@link UnixNameAddress}. */
    @Override
    public SocketAddress localAddress() throws IOException {
        return evented.source().localAddress();
    }

    @Override
    public <T> UnixListener option(SocketOption<T> option, T value) throws IOException {
        evented.source().option(option, value);
        return this;
    }
}
