package gyre.net;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connect: begins when it is made; what goes wrong then is told at the first poll. */
final class Connect<S extends SocketStream> implements Future<S> {
    private final Function<PollEvented<StreamSocket>, S> connected;
    private @Nullable PollEvented<StreamSocket> evented;
    private @Nullable IOException failure;

    private Connect(Function<PollEvented<StreamSocket>, S> connected) {
        this.connected = connected;
    }

    static Connect<TcpStream> tcp(
            InetSocketAddress remote, @Nullable InetSocketAddress local, PendingOptions options, Handle handle) {
        Connect<TcpStream> connect = new Connect<>(TcpStream::new);
        handle.pinned();
        try {
            connect.start(InetFamily.of(remote), remote, local, options, handle);
        } catch (UnknownHostException e) {
            connect.failure = e;
        }
        return connect;
    }

    static Connect<UnixStream> unix(SocketAddress remote, Handle handle) {
        Connect<UnixStream> connect = new Connect<>(UnixStream::new);
        connect.start(StandardProtocolFamily.UNIX, remote, null, new PendingOptions(), handle);
        return connect;
    }

    private void start(
            ProtocolFamily family,
            SocketAddress remote,
            @Nullable SocketAddress local,
            PendingOptions options,
            Handle handle) {
        handle.pinned();
        try {
            evented = begin(family, remote, local, options, handle);
        } catch (IOException e) {
            failure = family == StandardProtocolFamily.UNIX ? UnixPath.explainConnect(e, remote) : e;
        }
    }

    private static PollEvented<StreamSocket> begin(
            ProtocolFamily family,
            SocketAddress remote,
            @Nullable SocketAddress local,
            PendingOptions options,
            Handle handle)
            throws IOException {
        StreamSocket socket = handle.pinned().backend().stream(family);
        try {
            options.set(socket::option);
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(remote);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return PollEvented.register(socket, handle);
    }

    @Override
    public Poll<S> poll(Task task) throws IOException {
        if (failure != null) {
            IOException e = failure;
            failure = null;
            throw e;
        }
        PollEvented<StreamSocket> connecting = evented;
        if (connecting == null) {
            throw new IllegalStateException("polled after completion");
        }
        if (!connecting.pollWrite(task)) {
            return Poll.pending();
        }
        boolean done;
        try {
            done = connecting.source().finishConnect();
        } catch (IOException e) {
            cancel();
            throw e;
        }
        if (!done) {
            connecting.needWrite(task);
            return Poll.pending();
        }
        evented = null;
        return Poll.ready(connected.apply(connecting));
    }

    @Override
    public void cancel() {
        PollEvented<StreamSocket> connecting = evented;
        evented = null;
        failure = null;
        if (connecting != null) {
            try {
                connecting.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
