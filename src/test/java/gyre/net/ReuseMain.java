package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.ReadExact;
import gyre.io.WriteAll;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Echoes to itself over one connection after the other, whose descriptors have the same few numbers. */
final class ReuseMain {
    private ReuseMain() {}

    public static void main(String[] args) throws Exception {
        try (Core core = Core.open()) {
            Handle handle = core.handle();
            System.out.println("backend " + core.backend());
            TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
            handle.spawn(listener.incoming()
                    .forEach(socket -> handle.spawn(Futures.using(socket, s -> Copy.copy(s, s)))));
            for (int i = 0; i < 100; i++) {
                String text = core.run(TcpStream.connect(listener.localAddress(), handle)
                        .andThen(socket -> Futures.using(socket, ReuseMain::ping)));
                System.out.println(text);
            }
        }
    }

    private static Future<String> ping(TcpStream socket) {
        return WriteAll.writeAll(socket, Buf.copyOf("ping"))
                .andThen(sent -> ReadExact.readExact(socket, Buf.allocate(4)))
                .map(buf -> buf.text(StandardCharsets.US_ASCII));
    }
}
