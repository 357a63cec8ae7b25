package gyre.examples;

import gyre.future.Future;
import gyre.io.Copy;
import gyre.net.TcpListener;
import gyre.reactor.Core;
import gyre.reactor.CoreBuilder;
import gyre.reactor.CoreGroup;
import java.io.IOException;

/** Sends back what it receives: one loop accepts, and hands each connection to the next one of several others. */
public final class EchoThreads {
    private EchoThreads() {}

    public static void main(String[] args) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        Arguments arguments = Arguments.of(
                "echo-threads [ADDRESS=127.0.0.1:8080] [N=" + processors + "]",
                "Sends back what it receives, on N threads beside the one that accepts.",
                args);
        Future<Void> stop = Signals.stop();
        CoreBuilder options = Core.builder().backend(arguments.backend());
        try (CoreGroup group = CoreGroup.builder()
                        .size(arguments.number())
                        .core(options)
                        .threads("echo")
                        .start();
                Core core = options.open()) {
            TcpListener listener = TcpListener.bind(arguments.address(), core.handle());
            System.out.println("Listening on: " + Address.text(listener.localAddress()));
            Future<Void> server = listener.handover().forEach(accepted -> {
                String peer = Address.text(accepted.remoteAddress());
                accepted.spawn(
                        group.next(),
                        socket -> Copy.copy(socket, socket)
                                .map(bytes -> "wrote " + bytes + " bytes to " + peer)
                                .recover(error -> "error on " + peer + ": " + error.getMessage())
                                .inspect(System.out::println));
            });
            core.run(server.race(stop));
        }
    }
}
