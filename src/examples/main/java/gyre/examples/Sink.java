package gyre.examples;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Loop;
import gyre.io.Output;
import gyre.io.WriteAll;
import gyre.net.TcpListener;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes zeros to each client for as long as it takes them: a probe for throughput. */
public final class Sink {
    private static final int PIECE = 64 << 10;

    private Sink() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments =
                Arguments.of("sink [ADDRESS=127.0.0.1:8080]", "Writes zeros until the client has gone.", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(arguments.address(), handle);
            System.out.println("Listening on: " + Address.text(listener.localAddress()));
            ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE); // all clients are sent the same memory
            Future<Void> server = listener.incoming().forEach(socket -> {
                String peer = Address.text(socket.remoteAddress());
                handle.spawn(Futures.using(socket, s -> pour(s, Buf.wrap(zeros)))
                        .map(bytes -> "wrote " + bytes + " bytes to " + peer)
                        .inspect(System.out::println));
            });
            core.run(server.race(stop));
        }
    }

    /** Writes the buffer again and again; the value is how many bytes had been taken when a write failed. */
    private static Future<Long> pour(Output client, Buf zeros) {
        return Futures.loopFn(
                0L,
                written -> WriteAll.writeAll(client, zeros.clear().advance(PIECE))
                        .map(all -> Loop.<Long, Long>again(written + PIECE))
                        .recover(gone -> Loop.done(written + PIECE - zeros.readable())));
    }
}
