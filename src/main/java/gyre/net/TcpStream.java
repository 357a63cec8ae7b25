package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * A connected TCP socket. {@code TCP_NODELAY} is on unless it is switched off. A write after the peer has gone may succeed
 * once, since the count says what the system took; the loss shows at the next operation.
 *
 * <p>Nagle's algorithm being off, many small writes are many small packets: gather them
 * ({@link #write(Task, Buf[], int, int)}).
 */
public final class TcpStream extends SocketStream {
    TcpStream(PollEvented<StreamSocket> evented) {
        super(evented);
    }

    /**
     * Begins to connect, at once. The future fails with {@link java.net.ConnectException} and its like, whose message names
     * the address; cancelling it closes the socket.
     *
     * @throws IllegalStateException off the loop's thread
     */
    public static Future<TcpStream> connect(InetSocketAddress remote, Handle handle) {
        return builder(handle).connect(remote);
    }

    /** Like {@link #connect(InetSocketAddress, Handle)}, from that local address. */
    public static Future<TcpStream> connect(InetSocketAddress remote, InetSocketAddress local, Handle handle) {
        return builder(handle).local(local).connect(remote);
    }

    /** For options that have to be set before connecting. */
    public static TcpStreamBuilder builder(Handle handle) {
        return new TcpStreamBuilder(handle);
    }

    /**
     * Looks the name up on the common pool, never on the loop, and tries its addresses in turn. Fails with
     * {@link java.net.UnknownHostException}, or as the last address did, the others suppressed in it.
     *
     * @throws IllegalArgumentException if the port is not in 0 to 65535
     */
    public static Future<TcpStream> connect(String host, int port, Handle handle) {
        return connect(host, port, ForkJoinPool.commonPool(), handle);
    }

    /** Like {@link #connect(String, int, Handle)}, looking the name up on that executor. */
    public static Future<TcpStream> connect(String host, int port, Executor resolver, Handle handle) {
        return new ConnectByName(host, port, resolver, handle);
    }

    /**
     * Adopts a connected socket by its descriptor, which is duplicated and made non-blocking. The original shares that, as it
     * does other options: {@link gyre.sys.Backend#fromDescriptor}.
     *
     * @throws UnsupportedOperationException if the loop's backend has no descriptors
     * @throws IllegalArgumentException if it is not a connected TCP socket
     */
    public static TcpStream fromDescriptor(int descriptor, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromDescriptor(descriptor), "descriptor " + descriptor, handle);
    }

    /**
     * Adopts a connected channel, which the result owns from then on; it is closed if this fails.
     *
     * @throws UnsupportedOperationException if the loop's backend can't watch channels: it stays open
     * @throws IllegalStateException off the loop's thread: it stays open
     * @throws IllegalArgumentException if it is not a connected TCP socket
     */
    public static TcpStream fromChannel(SocketChannel channel, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromChannel(channel), channel, handle);
    }

    private static TcpStream adopt(Source source, Object what, Handle handle) throws IOException {
        return new TcpStream(Adoption.register(
                source,
                StreamSocket.class,
                socket -> socket.remoteAddress() instanceof InetSocketAddress,
                "a connected TCP socket",
                what,
                handle));
    }

    static TcpStream register(StreamSocket socket, Handle handle) throws IOException {
        return new TcpStream(PollEvented.register(socket, handle));
    }

    @Override
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) stream.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) Objects.requireNonNull(stream.remoteAddress());
    }

    @Override
    public <T> TcpStream option(SocketOption<T> option, T value) throws IOException {
        stream.option(option, value);
        return this;
    }

    @Override
    public String toString() {
        return "TcpStream[" + stream.remoteAddress() + (isOpen() ? "]" : ", closed]");
    }
}
