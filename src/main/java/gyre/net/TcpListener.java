package gyre.net;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.LoopClosedException;
import gyre.reactor.PollEvented;
import gyre.sys.ListenSocket;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listening TCP socket. What goes wrong with one connection before it is accepted (the peer has reset it, a firewall
 * refuses it) is counted and skipped. When descriptors or memory have run out, accepting pauses for 10 ms, doubling up to
 * 1 s, and then goes on by itself; the peers wait in the backlog. Neither ends {@link #incoming}.
 */
public final class TcpListener implements Closeable {
    private final PollEvented<ListenSocket> evented;
    private final AcceptBackoff backoff;

    TcpListener(PollEvented<ListenSocket> evented) {
        this.evented = evented;
        this.backoff = new AcceptBackoff(evented.handle());
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
     * @throws IllegalArgumentException if it is not a TCP socket
     */
    public static TcpListener fromChannel(ServerSocketChannel channel, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromChannel(channel), channel, handle);
    }

    private static TcpListener adopt(Source source, Object what, Handle handle) throws IOException {
        if (source instanceof ListenSocket socket && socket.localAddress() instanceof InetSocketAddress) {
            return new TcpListener(PollEvented.register(socket, handle));
        }
        source.close();
        throw new IllegalArgumentException("not a listening TCP socket: " + what);
    }

    /** The next connection, if one waits. */
    public Poll<TcpStream> pollAccept(Task task) throws IOException {
        for (StreamSocket socket; (socket = next(task)) != null; ) {
            try {
                TcpStream accepted = TcpStream.register(socket, evented.handle());
                backoff.accepted();
                return Poll.ready(accepted);
            } catch (IOException e) {
                backoff.failed(e);
            }
        }
        return Poll.pending();
    }

    private Poll<Accepted> pollHandover(Task task) throws IOException {
        StreamSocket socket = next(task);
        if (socket == null) {
            return Poll.pending();
        }
        backoff.accepted();
        return Poll.ready(new Accepted(socket));
    }

    /** Not registered; null if the task is kept. */
    private @Nullable StreamSocket next(Task task) throws IOException {
        while (evented.pollRead(task) && !backoff.pauses(task)) {
            try {
                StreamSocket socket = evented.source().accept();
                if (socket == null) {
                    evented.needRead(task);
                    return null;
                }
                task.spend(1);
                return socket;
            } catch (IOException e) {
                if (evented.isClosed()) {
                    throw e;
                }
                task.spend(1);
                backoff.failed(e);
            }
        }
        return null;
    }

    /** One connection. Cancelling loses none. */
    public Future<TcpStream> accept() {
        return Futures.pollFn(this::pollAccept);
    }

    /** All connections, without end; cancelling it leaves the listener open and loses none. */
    public Stream<TcpStream> incoming() {
        return this::pollAccept;
    }

    /**
     * All connections, without end, for other loops to take; cancelling it leaves the listener open and loses none. One that
     * is not taken has to be closed.
     */
    public Stream<Accepted> handover() {
        return this::pollHandover;
    }

    /** How many connections were lost before they could be accepted, or had to wait for resources; grows only. */
    public long acceptErrors() {
        return backoff.errors();
    }

    /** The address that it is bound to, with the port that the system chose. */
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) evented.source().localAddress();
    }

    /** Sets an option; errors as in {@link StreamSocket#option(SocketOption, Object)}. */
    public <T> TcpListener option(SocketOption<T> option, T value) throws IOException {
        evented.source().option(option, value);
        return this;
    }

    /** An option's value. */
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return evented.source().option(option);
    }

    /** The options that the backend has. */
    public Set<SocketOption<?>> options() {
        return evented.source().options();
    }

    /** Stops to listen; connections in the backlog are refused by the system. From any thread, any number of times. */
    @Override
    public void close() throws IOException {
        evented.close();
        Handle handle = evented.handle();
        if (handle.isOnLoop()) {
            backoff.end();
        } else {
            try {
                handle.execute(backoff::end);
            } catch (LoopClosedException e) {
                return; // the pause has ended with the loop
            }
        }
    }

    @Override
    public String toString() {
        return "TcpListener[" + evented.source() + "]";
    }
}
