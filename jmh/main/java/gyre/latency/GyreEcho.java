package gyre.latency;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.net.TcpListener;
import gyre.reactor.Core;
import gyre.reactor.LoopClosedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;

/** Gyre on one of its backends. */
final class GyreEcho implements EchoServer {
    private final Core core;
    private final TcpListener listener;
    private final Thread thread = new Thread(this::run, "gyre-echo");

    GyreEcho(String backend) throws IOException {
        core = Core.builder().backend(backend).open();
        listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), core.handle());
        thread.start();
    }

    @Override
    public InetSocketAddress address() throws IOException {
        return listener.localAddress();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        core.close();
        thread.join();
    }

    private void run() {
        Future<Void> serve = listener.incoming().forEach(socket -> {
            socket.option(StandardSocketOptions.TCP_NODELAY, true);
            core.handle().spawn(Futures.using(socket, s -> Copy.copy(s, s)));
        });
        try {
            core.run(serve);
        } catch (LoopClosedException e) {
            return; // the orderly end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
