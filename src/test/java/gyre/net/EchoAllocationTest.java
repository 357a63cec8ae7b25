package gyre.net;

import gyre.future.Futures;
import gyre.io.Copy;
import gyre.reactor.Core;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Behaviour 54: once warm, an echo allocates nothing on the loop's thread, from the select to the write.
 *
 * <p>On NIO the JDK boxes the descriptor of every event to look its key up, which costs 16 bytes for numbers above 127
 * until the compiler sees that nobody keeps the box. So there a message may cost as much.
 */
@EveryBackend
class EchoAllocationTest {
    private static final int MESSAGES = 10_000;
    private static final int BOX = 16;

    private final Backend backend;

    EchoAllocationTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void aSteadyEcho() throws Exception {
        CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();
        Thread loop = new Thread(() -> serve(address), "loop");
        loop.setDaemon(true);
        loop.start();
        try (Socket socket = new Socket()) {
            socket.connect(address.get());
            socket.setTcpNoDelay(true);
            byte[] message = new byte[64];
            AllocatedBytes.assertAtMost(backend.name().equals("nio") ? BOX : 0, MESSAGES, loop, () -> {
                for (int i = 0; i < MESSAGES; i++) {
                    socket.getOutputStream().write(message);
                    int got = socket.getInputStream().readNBytes(message, 0, message.length);
                    if (got != message.length) {
                        throw new AssertionError("the end after " + got);
                    }
                }
            });
        }
        loop.join();
    }

    private void serve(CompletableFuture<InetSocketAddress> address) {
        try (Core core = Core.builder().backend(backend).checkedBuffers(false).open()) {
            TcpListener listener =
                    TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), core.handle());
            address.complete(listener.localAddress());
            core.run(listener.accept().andThen(socket -> Futures.using(socket, s -> Copy.copy(s, s))));
        } catch (Throwable e) {
            address.completeExceptionally(e);
        }
    }
}
