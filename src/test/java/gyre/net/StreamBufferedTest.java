package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.io.Copy;
import gyre.io.Split;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@EveryBackend
class StreamBufferedTest extends OnLoop {
    StreamBufferedTest(Backend backend) {
        super(backend);
    }

    /** Several connections served at once by one task; the results come in the order of accepting. */
    @Test
    void echoServer() throws Exception {
        TcpListener listener = listen();
        CompletableFuture<Void> clients = aside(() -> {
            Socket one = client(listener.localAddress());
            Socket two = client(listener.localAddress());
            exchange(one);
            exchange(two);
            one.close();
            two.close();
            return null;
        });
        List<Long> copied = run(listener.incoming()
                .buffered(10, socket -> {
                    Split halves = later(socket).split();
                    return Copy.copy(halves.reader(), halves.writer());
                })
                .take(2)
                .collect());
        clients.get();
        assertEquals(List.of(3L, 3L), copied);
    }

    private static void exchange(Socket socket) throws Exception {
        socket.getOutputStream().write("foo".getBytes(StandardCharsets.US_ASCII));
        assertEquals("foo", new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII));
    }
}
