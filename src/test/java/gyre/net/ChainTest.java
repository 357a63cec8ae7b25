package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.io.Chain;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@EveryBackend
class ChainTest extends OnLoop {
    ChainTest(Backend backend) {
        super(backend);
    }

    @Test
    void chainClients() throws Exception {
        TcpListener listener = listen();
        CompletableFuture<Void> clients = aside(() -> {
            for (String text : List.of("foo ", "bar ", "baz")) {
                try (Socket socket = client(listener.localAddress())) {
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                }
            }
            return null;
        });
        List<TcpStream> all = run(listener.incoming().take(3).collect());
        all.forEach(this::later);
        byte[] got = run(readToEnd(Chain.chain(Chain.chain(all.get(0), all.get(1)), all.get(2))));
        clients.get();
        assertEquals("foo bar baz", new String(got, StandardCharsets.US_ASCII));
    }
}
