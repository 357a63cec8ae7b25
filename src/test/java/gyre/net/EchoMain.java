package gyre.net;

import gyre.future.Futures;
import gyre.io.Copy;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An echo server for tests in other JVMs: says its backend and port, and ends with the first client. */
final class EchoMain {
    private EchoMain() {}

    public static void main(String[] args) throws Exception {
        try (Core core = Core.open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
            System.out.println("backend " + core.backend());
            System.out.println("port " + listener.localAddress().getPort());
            long bytes = core.run(listener.accept().andThen(socket -> Futures.using(socket, s -> Copy.copy(s, s))));
            System.out.println("wrote " + bytes);
        }
    }
}
