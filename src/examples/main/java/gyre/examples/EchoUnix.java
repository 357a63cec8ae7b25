package gyre.examples;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.net.UnixListener;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** {@link Echo} on a Unix socket. A file that a killed predecessor has left there is replaced. */
public final class EchoUnix {
    private EchoUnix() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of(
                "echo-unix [ADDRESS=/tmp/gyre-echo]",
                "Sends back what it receives. ADDRESS is a path, or an abstract name as @NAME.",
                args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            UnixListener listener = listen(arguments.unixAddress(), handle);
            System.out.println("Listening on: " + listener.localAddress());
            AtomicLong count = new AtomicLong(); // a Unix client has no address of its own
            Future<Void> server = listener.incoming().forEach(socket -> {
                String peer = "client " + count.incrementAndGet();
                handle.spawn(Futures.using(socket, s -> Copy.copy(s, s))
                        .map(bytes -> "wrote " + bytes + " bytes to " + peer)
                        .recover(error -> "error on " + peer + ": " + error.getMessage())
                        .inspect(System.out::println));
            });
            core.run(server.race(stop));
        }
    }

    private static UnixListener listen(SocketAddress address, Handle handle) throws IOException {
        try {
            return UnixListener.builder(handle).replaceStale().bind(address);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
