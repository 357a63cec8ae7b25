package gyre.examples;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.WriteAll;
import gyre.net.TcpListener;
import gyre.reactor.Core;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Greets each client and closes the connection, one client after the other. */
public final class Hello {
    private static final byte[] GREETING = "Hello!\n".getBytes(StandardCharsets.US_ASCII);

    private Hello() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments =
                Arguments.of("hello [ADDRESS=127.0.0.1:8080]", "Says \"Hello!\" and closes the connection.", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            TcpListener listener = TcpListener.bind(arguments.address(), core.handle());
            System.out.println("Listening on: " + Address.text(listener.localAddress()));
            Buf buf = Buf.allocate(GREETING.length); // one for all: they come one after the other
            Future<Void> server = listener.incoming()
                    .forEachAwait(socket -> Futures.using(
                                    socket,
                                    s -> WriteAll.writeAll(s, buf.clear().put(GREETING)))
                            .outcome()); // a client that has gone does not end the server
            core.run(server.race(stop));
        }
    }
}
