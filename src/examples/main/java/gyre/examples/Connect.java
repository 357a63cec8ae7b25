package gyre.examples;

import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.ShutdownOutput;
import gyre.net.SocketStream;
import gyre.net.TcpStream;
import gyre.net.UnixStream;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Sends its standard input to a server and prints what comes back: a small {@code nc}. */
public final class Connect {
    private Connect() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of(
                "connect ADDRESS",
                "Sends standard input and prints what comes back, until the server ends. ADDRESS may be a Unix path or @NAME.",
                args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            core.run(connect(arguments.anyAddress(), handle)
                    .andThen(socket -> Futures.using(socket, s -> talk(s, handle)))
                    .race(stop));
        }
    }

    private static Future<SocketStream> connect(SocketAddress server, Handle handle) {
        if (server instanceof InetSocketAddress inet) {
            return TcpStream.connect(inet, handle).map(socket -> socket);
        }
        try {
            return UnixStream.connect(server, handle).map(socket -> socket);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Done when the server has ended its output, whether or not there is more to send. */
    private static Future<Void> talk(SocketStream socket, Handle handle) {
        BufPool buffers = socket.buffers();
        var in = new BlockingInput(System.in, "standard input", buffers);
        var out = new BlockingOutput(new FileOutputStream(FileDescriptor.out).getChannel(), buffers);
        handle.spawn(Copy.copy(in, socket)
                .andThen(sent -> ShutdownOutput.shutdownOutput(socket))
                .outcome()
                .inspect(outcome -> {
                    if (outcome.isFailure()) { // what was sent before may still be answered
                        System.err.println("connect: " + outcome.error().getMessage());
                    }
                }));
        return Copy.copy(socket, out).andThen(received -> Futures.done());
    }
}
