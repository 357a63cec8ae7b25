package gyre.examples;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.Input;
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
        Arguments arguments = Arguments.of("connect ADDRESS [--udp]", """
                Sends standard input and prints what comes back, until the server ends. ADDRESS may be a Unix path or @NAME.
                With --udp each piece of input, a line or at most 1024 bytes, is a datagram; then it goes on until a signal,
                also after the end of the input, or until the network reports that nobody listens there.""", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            var in = new BlockingInput(
                    System.in, "standard input", handle.pinned().buffers());
            var out = new FileOutputStream(FileDescriptor.out);
            Future<Void> talk = arguments.has("--udp")
                    ? ConnectUdp.talk(arguments.address(), handle, in, out)
                    : connect(arguments.anyAddress(), handle)
                            .andThen(socket -> Futures.using(socket, s -> talk(s, handle, in, out)));
            core.run(talk.race(stop));
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
    private static Future<Void> talk(SocketStream socket, Handle handle, Input in, FileOutputStream out) {
        handle.spawn(complaining(Copy.copy(in, socket).andThen(sent -> ShutdownOutput.shutdownOutput(socket))));
        return Copy.copy(socket, new BlockingOutput(out.getChannel(), socket.buffers()))
                .andThen(received -> Futures.done());
    }

    /** The same work; if it fails, a line says so, and that was all: what was sent before may still be answered. */
    static Future<?> complaining(Future<?> sending) {
        return sending.outcome().inspect(outcome -> {
            if (outcome.isFailure()) {
                System.err.println("connect: " + outcome.error().getMessage());
            }
        });
    }
}
