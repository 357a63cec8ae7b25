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
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * A connected TCP socket. {@code TCP_NODELAY} is on unless it is switched off. A write after the peer has gone may succeed
 * once, since the count says what the system took; the loss shows at the next operation.
 *
 * <p>Nagle's algorithm being off, many small writes are many small packets: gather them
 * ({@link #write(Task, Buf[], int, int)}).
 */
public final class TcpStream extends EventedIo<StreamSocket> {
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
     * Adopts a connected socket by its descriptor, which is duplicated and made non-blocking.
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
     * @throws IllegalArgumentException if it is not a connected TCP socket
     */
    public static TcpStream fromChannel(SocketChannel channel, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromChannel(channel), channel, handle);
    }

    private static TcpStream adopt(Source source, Object what, Handle handle) throws IOException {
        if (source instanceof StreamSocket socket && socket.remoteAddress() instanceof InetSocketAddress) {
            return register(socket, handle);
        }
        source.close();
        throw new IllegalArgumentException("not a connected TCP socket: " + what);
    }

    static TcpStream register(StreamSocket socket, Handle handle) throws IOException {
        return new TcpStream(PollEvented.register(socket, handle));
    }

    /** Appends what has arrived and leaves it in the socket; answers as {@link #read}. */
    public int peek(Task task, Buf into) throws IOException {
        if (into.writable() == 0) {
            throw new IllegalArgumentException("there is no room to read into: " + into);
        }
        if (!evented.pollRead(task)) {
            return NOT_READY;
        }
        int count = stream.peek(into);
        if (count > 0) {
            evented.didRead(task, count, false);
        } else if (count == NOT_READY) {
            evented.needRead(task);
        }
        return count;
    }

    /** The peer sees the end after what was written; reading goes on. Never {@code NOT_READY}. */
    @Override
    public int shutdownOutput(Task task) throws IOException {
        stream.shutdownOutput();
        return 0;
    }

    /** Reads answer {@code END} from now on, and wake up to do so. */
    public void shutdownInput() throws IOException {
        stream.shutdownInput();
    }

    /** This end. */
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) stream.localAddress();
    }

    /** The peer, also after it has gone. */
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) Objects.requireNonNull(stream.remoteAddress());
    }

    /** Sets an option of {@link #options}; errors as in {@link StreamSocket#option(SocketOption, Object)}. */
    public <T> TcpStream option(SocketOption<T> option, T value) throws IOException {
        stream.option(option, value);
        return this;
    }

    /** An option's value; null for one that is off and has none, as {@code SO_LINGER}. */
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return stream.option(option);
    }

    /** The options that the backend has. */
    public Set<SocketOption<?>> options() {
        return stream.options();
    }

    @Override
    public String toString() {
        return "TcpStream[" + stream.remoteAddress() + (isOpen() ? "]" : ", closed]");
    }
}
