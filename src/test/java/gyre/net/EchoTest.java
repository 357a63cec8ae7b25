package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.Split;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@EveryBackend
class EchoTest extends OnLoop {
    private static final int MESSAGES = 1024;
    private static final byte[] MESSAGE = "foo bar baz".getBytes(StandardCharsets.US_ASCII);

    EchoTest(Backend backend) {
        super(backend);
    }

    @Test
    void echoServer() throws Exception {
        TcpListener listener = listen();
        CompletableFuture<Void> client = aside(() -> {
            try (Socket socket = client(listener.localAddress())) {
                for (int i = 0; i < MESSAGES; i++) {
                    exchange(socket);
                }
            }
            return null;
        });
        long copied = run(listener.accept()
                .andThen(socket -> Futures.using(socket, s -> {
                    Split halves = s.split();
                    return Copy.copy(halves.reader(), halves.writer());
                })));
        client.get();
        assertEquals((long) MESSAGES * MESSAGE.length, copied);
    }

    @Test
    void aSecondClientIsServedWhileTheFirstStaysConnected() throws Exception {
        TcpListener listener = listen();
        handle.spawn(listener.incoming().forEach(socket -> handle.spawn(Futures.using(socket, s -> Copy.copy(s, s)))));
        Socket first = client(listener.localAddress());
        run(await(aside(() -> {
            exchange(first);
            exchange(client(listener.localAddress()));
            exchange(first);
            return "served";
        })));
    }

    private static void exchange(Socket socket) throws Exception {
        socket.getOutputStream().write(MESSAGE);
        assertArrayEquals(MESSAGE, socket.getInputStream().readNBytes(MESSAGE.length));
    }
}
