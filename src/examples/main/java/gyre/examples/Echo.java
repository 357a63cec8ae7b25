package gyre.examples;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.net.TcpListener;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.IOException;

/** Sends back what it receives, to any number of clients at once. */
public final class Echo {
    private Echo() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of("echo [ADDRESS=127.0.0.1:8080]", "Sends back what it receives.", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(arguments.address(), handle);
            System.out.println("Listening on: " + Address.text(listener.localAddress()));
            Future<Void> server = listener.incoming().forEach(socket -> {
                String peer = Address.text(socket.remoteAddress());
                handle.spawn(Futures.using(socket, s -> Copy.copy(s, s))
                        .map(bytes -> "wrote " + bytes + " bytes to " + peer)
                        .recover(error -> "error on " + peer + ": " + error.getMessage())
                        .inspect(System.out::println));
            });
            core.run(server.race(stop));
        }
    }
}
