package gyre.net;

import gyre.future.Future;
import gyre.reactor.Core;
import gyre.reactor.Drained;
import gyre.reactor.Handle;
import gyre.reactor.Signals;
import gyre.reactor.TaskGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A server that ends in order at SIGTERM, and at once at a second one: for tests in other JVMs. */
final class DrainMain {
    private DrainMain() {}

    public static void main(String[] args) throws Exception {
        Duration grace = Duration.parse(args[0]);
        try (Core core = Core.open();
                Signals signals = Signals.of("TERM")) {
            Handle handle = core.handle();
            TaskGroup connections = new TaskGroup(handle);
            TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
            System.out.println("port " + listener.localAddress().getPort());
            Future<Void> server = new KeepAlive(connections, handle).server(listener);
            core.run(server.race(signals.intoFuture().map(first -> null)));
            listener.close();
            System.out.println("draining " + connections.size());
            handle.spawn(signals.intoFuture().andThen(second -> connections.drain(Duration.ZERO)));
            Drained drained = core.run(connections.drain(grace));
            System.out.println("finished " + drained.finished());
            System.out.println("cut " + drained.cut());
        }
    }
}
