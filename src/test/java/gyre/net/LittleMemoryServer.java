package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Loop;
import gyre.io.BufferedInput;
import gyre.io.ReadUntil;
import gyre.io.WriteAll;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Echoes lines, for a JVM with little direct memory, {@code BACKEND}: who has sent part of a line holds 64 KiB. Says who fails, and why. */
final class LittleMemoryServer {
    private static final int CAPACITY = 64 << 10;

    private LittleMemoryServer() {}

    public static void main(String[] args) throws Exception {
        try (Core core = Core.builder().backend(args[0]).open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
            System.out.println("port " + listener.localAddress().getPort());
            core.run(listener.incoming().forEach(socket -> handle.spawn(served(socket))));
        }
    }

    private static Future<Void> served(TcpStream socket) {
        BufferedInput lines = new BufferedInput(socket, CAPACITY);
        return Futures.using(lines, input -> Futures.<Void, Void>loopFn(null, again -> echo(input, socket)))
                .recover(e -> {
                    System.out.println("failed " + e.getMessage());
                    return null;
                });
    }

    private static Future<Loop<Void, Void>> echo(BufferedInput lines, TcpStream socket) {
        return ReadUntil.readUntil(lines, (byte) '\n', CAPACITY)
                .andThen(line -> line.length == 0
                        ? Futures.ready(Loop.done(null))
                        : WriteAll.writeAll(socket, Buf.copyOf(line)).map(all -> Loop.again(null)));
    }
}
