package gyre.examples;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Io;
import gyre.net.UdpSocket;
import gyre.reactor.Core;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import org.jspecify.annotations.Nullable;

/** Sends each datagram back to where it came from. */
public final class EchoUdp {
    private static final int LONGEST = 64 << 10;
    // what comes in while the loop is held up; the system's own 200 KiB are full after some 270 small datagrams
    private static final int WAITING = 4 << 20;

    private final UdpSocket socket;
    private final Buf buf = Buf.allocate(LONGEST);
    private @Nullable InetSocketAddress to; // who gets what is in buf; null while it is free

    private EchoUdp(UdpSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of(
                "echo-udp [ADDRESS=127.0.0.1:8080]", "Sends each datagram back to where it came from.", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            UdpSocket socket = UdpSocket.builder(core.handle())
                    .option(StandardSocketOptions.SO_RCVBUF, WAITING)
                    .bind(arguments.address());
            System.out.println("Listening on: " + Address.text(socket.localAddress()));
            core.run(Futures.<Void>pollFn(new EchoUdp(socket)::poll).race(stop));
        }
    }

    /** Receives and sends in turn, as long as the socket lets it. */
    private Poll<Void> poll(Task task) throws IOException {
        while (true) {
            if (to == null) {
                if (socket.receive(task, buf.clear()) == Io.NOT_READY) {
                    return Poll.pending();
                }
                to = socket.sender();
            }
            if (!answered(task, to)) {
                return Poll.pending();
            }
            to = null;
        }
    }

    /** Whether the datagram is done with: one that can't be sent back does not end the server. */
    private boolean answered(Task task, @Nullable InetSocketAddress peer) {
        if (peer == null) {
            return true;
        }
        try {
            return socket.sendTo(task, buf, peer) != Io.NOT_READY;
        } catch (IOException e) {
            System.out.println("error on " + Address.text(peer) + ": " + e.getMessage());
            return true;
        }
    }
}
