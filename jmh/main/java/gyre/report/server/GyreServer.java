package gyre.report.server;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Copy;
import gyre.io.Io;
import gyre.net.SocketListener;
import gyre.net.SocketStream;
import gyre.net.TcpListener;
import gyre.net.UdpSocket;
import gyre.net.UnixListener;
import gyre.reactor.Core;
import gyre.report.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gyre on one of its backends, as the examples echo, echo-udp and echo-unix do it. */
final class GyreServer implements EchoServer {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Core core;
    private final Future<Void> serve;
    private final String address;
    private final Thread loop = new Thread(this::run, "gyre");

    GyreServer(String backend, Transport transport, String path) throws IOException {
        core = Core.builder().backend(backend).open();
        switch (transport) {
            case TCP -> {
                TcpListener listener =
                        TcpListener.builder(core.handle()).backlog(4_096).bind(ANY_PORT);
                address = String.valueOf(listener.localAddress().getPort());
                serve = echo(listener);
            }
            case UNIX -> {
                address = path;
                serve = echo(UnixListener.builder(core.handle()).backlog(4_096).bind(Path.of(path)));
            }
            case UDP -> {
                UdpSocket socket = UdpSocket.builder(core.handle())
                        .option(StandardSocketOptions.SO_RCVBUF, 4 << 20)
                        .bind(ANY_PORT);
                address = String.valueOf(socket.localAddress().getPort());
                serve = Futures.pollFn(new Datagrams(socket)::poll);
            }
            default -> throw new IllegalArgumentException(transport.toString());
        }
        loop.start();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Thread loop() {
        return loop;
    }

    private void run() {
        try {
            core.run(serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <S extends SocketStream> Future<Void> echo(SocketListener<S> listener) {
        return listener.incoming().forEach(socket -> core.handle().spawn(Futures.using(socket, s -> Copy.copy(s, s))));
    }

    private static final class Datagrams {
        private final UdpSocket socket;
        private final Buf buf = Buf.allocate(64 << 10);
        private @Nullable InetSocketAddress to; // who gets what is in buf; null while it is free

        Datagrams(UdpSocket socket) {
            this.socket = socket;
        }

        Poll<Void> poll(Task task) throws IOException {
            while (true) {
                if (to == null) {
                    if (socket.receive(task, buf.clear()) == Io.NOT_READY) {
                        return Poll.pending();
                    }
                    to = socket.sender();
                }
                if (to != null && socket.sendTo(task, buf, to) == Io.NOT_READY) {
                    return Poll.pending();
                }
                to = null;
            }
        }
    }
}
