package gyre.examples;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.Input;
import gyre.io.Output;
import gyre.io.ShutdownOutput;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Passes each connection on to another server, in both directions. */
public final class Proxy {
    private Proxy() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of(
                "proxy [ADDRESS=127.0.0.1:8081] [TARGET=127.0.0.1:8080]",
                "Listens on ADDRESS and passes each connection on to TARGET.",
                args);
        InetSocketAddress target = arguments.address(1);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(arguments.address(), handle);
            System.out.println("Listening on: " + Address.text(listener.localAddress()));
            Future<Void> server = listener.incoming().forEach(client -> {
                String peer = Address.text(client.remoteAddress());
                handle.spawn(Futures.using(
                                client,
                                c -> TcpStream.connect(target, handle).andThen(s -> Futures.using(s, t -> relay(c, t))))
                        .map(counts -> peer + " " + counts)
                        .recover(error -> "error on " + peer + ": " + error.getMessage())
                        .inspect(System.out::println));
            });
            core.run(server.race(stop));
        }
    }

    private static Future<String> relay(TcpStream client, TcpStream server) {
        return pass(client, server)
                .join(pass(server, client), (up, down) -> "sent " + up + " bytes and received " + down + " bytes");
    }

    /** Copies to the end, and passes the end on: the other direction may live longer. */
    private static Future<Long> pass(Input from, Output to) {
        return Copy.copy(from, to)
                .andThen(bytes -> ShutdownOutput.shutdownOutput(to).map(done -> bytes));
    }
}
