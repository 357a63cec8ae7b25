package gyre.examples;

import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.ShutdownOutput;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Sends its standard input to a server and prints what comes back: a small {@code nc}. */
public final class Connect {
    private Connect() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of(
                "connect ADDRESS", "Sends standard input and prints what comes back, until the server ends.", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            core.run(TcpStream.connect(arguments.address(), handle)
                    .andThen(socket -> Futures.using(socket, s -> talk(s, handle)))
                    .race(stop));
        }
    }

    /** Done when the server has ended its output, whether or not there is more to send. */
    private static Future<Void> talk(TcpStream socket, Handle handle) {
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
