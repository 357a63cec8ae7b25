package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.reactor.Core;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Behaviour 54 for datagrams: once warm, an echo allocates nothing on the loop's thread, with one peer or many. On NIO the
 * JDK may box the descriptor of every event, as in {@link EchoAllocationTest}, and makes each address anew that is not the
 * last one.
 */
@EveryBackend
class UdpEchoAllocationTest {
    private static final int MESSAGES = 10_000;
    private static final int BOX = 16;
    private static final int ADDRESS = 144;

    private final Backend backend;

    UdpEchoAllocationTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void aSteadyEcho() throws Exception {
        echo(1);
    }

    @Test
    void aSteadyEchoOfManyPeers() throws Exception {
        echo(64);
    }

    private void echo(int peers) throws Exception {
        CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();
        Thread loop = new Thread(() -> serve(address), "loop");
        loop.setDaemon(true);
        loop.start();
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < peers; i++) {
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                socket.setSoTimeout(10_000);
                socket.connect(address.get());
            }
            DatagramPacket message = new DatagramPacket(new byte[64], 64);
            int each = backend.name().equals("nio") ? BOX + (peers > 1 ? ADDRESS : 0) : 0;
            AllocatedBytes.assertAtMost(each, MESSAGES, loop, () -> {
                for (int i = 0; i < MESSAGES; i++) {
                    DatagramSocket socket = sockets.get(i % peers);
                    socket.send(message);
                    socket.receive(message);
                }
            });
            sockets.get(0).send(new DatagramPacket(new byte[1], 1)); // the end
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
        loop.join();
    }

    private void serve(CompletableFuture<InetSocketAddress> address) {
        try (Core core = Core.builder().backend(backend).checkedBuffers(false).open()) {
            UdpSocket socket =
                    UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), core.handle());
            address.complete(socket.localAddress());
            Buf buf = Buf.allocate(100);
            core.run(Futures.<Void>pollFn(task -> {
                while (true) {
                    if (buf.readable() == 0) {
                        int count = socket.receive(task, buf.clear());
                        if (count <= 1) {
                            return count == Io.NOT_READY ? Poll.pending() : Poll.done();
                        }
                    }
                    if (socket.sendTo(task, buf, socket.sender()) == Io.NOT_READY) {
                        return Poll.pending();
                    }
                }
            }));
        } catch (Throwable e) {
            address.completeExceptionally(e);
        }
    }
}
