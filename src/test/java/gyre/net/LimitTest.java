package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.io.Limit;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@EveryBackend
class LimitTest extends OnLoop {
    LimitTest(Backend backend) {
        super(backend);
    }

    @Test
    void limit() throws Exception {
        TcpListener listener = listen();
        CompletableFuture<Void> client = aside(() -> {
            try (Socket socket = client(listener.localAddress())) {
                socket.getOutputStream().write("foo bar baz".getBytes(StandardCharsets.US_ASCII));
            }
            return null;
        });
        TcpStream stream = later(run(listener.accept()));
        byte[] got = run(readToEnd(Limit.limit(stream, 4)));
        client.get();
        assertEquals("foo ", new String(got, StandardCharsets.US_ASCII));
    }
}
