package gyre.net;

import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.ListenSocket;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;

/**
 * A listening TCP socket. Errors of single connections, and resources that run out, are treated as {@link SocketListener}
 * says.
 */
public final class TcpListener extends SocketListener<TcpStream> {
    TcpListener(PollEvented<ListenSocket> evented) {
        super(evented);
    }

    /**
     * Binds and listens, with {@code SO_REUSEADDR} and a backlog of 4,096 (the system may cut it).
     *
     * @param local port 0 lets the system choose: see {@link #localAddress}
     * @throws java.net.BindException if it is in use or not allowed; the message names it
     * @throws java.net.UnknownHostException if it is unresolved
     * @throws IllegalStateException off the loop's thread
     */
    public static TcpListener bind(InetSocketAddress local, Handle handle) throws IOException {
        return builder(handle).bind(local);
    }

    /** For options that have to be set before binding. */
    public static TcpListenerBuilder builder(Handle handle) {
        return new TcpListenerBuilder(handle);
    }

    /**
     * Adopts a listening socket by its descriptor, which is duplicated and made non-blocking: as a service manager hands
     * it over.
     *
     * @throws UnsupportedOperationException if the loop's backend has no descriptors
     * @throws IllegalArgumentException if it is not a listening TCP socket
     */
    public static TcpListener fromDescriptor(int descriptor, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromDescriptor(descriptor), "descriptor " + descriptor, handle);
    }

    /**
     * Adopts a bound channel, which the result owns from then on; it is closed if this fails.
     *
     * @throws UnsupportedOperationException if the loop's backend can't watch channels: it stays open
     * @throws IllegalStateException off the loop's thread: it stays open
     * @throws IllegalArgumentException if it is not a TCP socket
     */
    public static TcpListener fromChannel(ServerSocketChannel channel, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromChannel(channel), channel, handle);
    }

    private static TcpListener adopt(Source source, Object what, Handle handle) throws IOException {
        return new TcpListener(Adoption.register(
                source,
                ListenSocket.class,
                socket -> socket.localAddress() instanceof InetSocketAddress,
                "a listening TCP socket",
                what,
                handle));
    }

    @Override
    TcpStream accepted(StreamSocket socket) throws IOException {
        return TcpStream.register(socket, evented.handle());
    }

    /**
     * All connections, without end, for other loops to take; cancelling it leaves the listener open and loses none. One that
     * is not taken has to be closed.
     */
    public Stream<Accepted> handover() {
        return this::pollHandover;
    }

    private Poll<Accepted> pollHandover(Task task) throws IOException {
        StreamSocket socket = next(task);
        if (socket == null) {
            return Poll.pending();
        }
        backoff.accepted();
        return Poll.ready(new Accepted(socket));
    }

    /** The address that it is bound to, with the port that the system chose. */
    @Override
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) evented.source().localAddress();
    }

    @Override
    public <T> TcpListener option(SocketOption<T> option, T value) throws IOException {
        evented.source().option(option, value);
        return this;
    }
}
