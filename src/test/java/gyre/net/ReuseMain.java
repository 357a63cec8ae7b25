package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.ReadExact;
import gyre.io.WriteAll;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.sys.Backend;
import gyre.sys.PacketSocket;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.posix.KqueueBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Has a selector watch sources that have the same number, of which each is closed first and not deregistered; then echoes to
 * itself over one connection after the other, whose descriptors have the same few numbers.
 */
final class ReuseMain {
    private ReuseMain() {}

    public static void main(String[] args) throws Exception {
        System.out.println("told " + told(new KqueueBackend()));
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

    /** How many of ten sources are told of a datagram. */
    private static int told(Backend backend) throws IOException {
        int count = 0;
        try (Selector selector = backend.selector()) {
            for (int i = 0; i < 10; i++) {
                int[] told = new int[1];
                PacketSocket socket = backend.packet(StandardProtocolFamily.INET);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                selector.register(socket, bits -> told[0] |= bits);
                selector.select(TimeUnit.SECONDS.toNanos(10));
                told[0] = 0;
                socket.send(Buf.copyOf("x"), socket.localAddress());
                selector.select(TimeUnit.SECONDS.toNanos(1));
                count += told[0] & Ready.READ;
                socket.close();
            }
        }
        return count / Ready.READ;
    }

    private static Future<String> ping(TcpStream socket) {
        return WriteAll.writeAll(socket, Buf.copyOf("ping"))
                .andThen(sent -> ReadExact.readExact(socket, Buf.allocate(4)))
                .map(buf -> buf.text(StandardCharsets.US_ASCII));
    }
}
