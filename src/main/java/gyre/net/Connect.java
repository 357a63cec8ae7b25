package gyre.net;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link TcpStream#connect}: begins when it is made; what goes wrong then is told at the first poll. */
final class Connect implements Future<TcpStream> {
    private @Nullable PollEvented<StreamSocket> evented;
    private @Nullable IOException failure;

    Connect(
            InetSocketAddress remote,
            @Nullable InetSocketAddress local,
            Map<SocketOption<?>, Object> options,
            Handle handle) {
        handle.pinned();
        try {
            evented = begin(remote, local, options, handle);
        } catch (IOException e) {
            failure = e;
        }
    }

    private static PollEvented<StreamSocket> begin(
            InetSocketAddress remote,
            @Nullable InetSocketAddress local,
            Map<SocketOption<?>, Object> options,
            Handle handle)
            throws IOException {
        if (remote.isUnresolved()) {
            throw new UnknownHostException("unresolved address: " + remote);
        }
        StandardProtocolFamily family = remote.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
        StreamSocket socket = handle.pinned().backend().stream(family);
        try {
            for (Map.Entry<SocketOption<?>, Object> entry : options.entrySet()) {
                set(socket, entry.getKey(), entry.getValue());
            }
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

    @SuppressWarnings("unchecked") // option() of the builder takes only pairs that fit
    private static <T> void set(StreamSocket socket, SocketOption<T> option, Object value) throws IOException {
        socket.option(option, (T) value);
    }

    @Override
    public Poll<TcpStream> poll(Task task) throws IOException {
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
        boolean connected;
        try {
            connected = connecting.source().finishConnect();
        } catch (IOException e) {
            cancel();
            throw e;
        }
        if (!connected) {
            connecting.needWrite(task);
            return Poll.pending();
        }
        evented = null;
        return Poll.ready(new TcpStream(connecting));
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
