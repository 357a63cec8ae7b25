package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.io.BufferedInput;
import gyre.io.BufferedOutput;
import gyre.io.Copy;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@EveryBackend
class BufferedTest extends OnLoop {
    private static final int MESSAGES = 1024;
    private static final String MESSAGE = "foo bar baz";

    BufferedTest(Backend backend) {
        super(backend);
    }

    /** What the first client sends, the second gets. */
    @Test
    void echoServer() throws Exception {
        TcpListener listener = listen();
        byte[] message = MESSAGE.getBytes(StandardCharsets.US_ASCII);
        Socket a = client(listener.localAddress());
        Socket b = client(listener.localAddress());
        CompletableFuture<byte[]> received = aside(() -> b.getInputStream().readNBytes(MESSAGES * message.length));
        CompletableFuture<Void> sending = aside(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                a.getOutputStream().write(message);
            }
            a.close();
            return null;
        });
        List<TcpStream> both = run(listener.incoming().take(2).collect());
        both.forEach(this::later);
        try (BufferedInput in = new BufferedInput(both.get(0));
                BufferedOutput out = new BufferedOutput(both.get(1))) {
            assertEquals((long) MESSAGES * message.length, run(Copy.copy(in, out)));
            sending.get();
            assertArrayEquals(MESSAGE.repeat(MESSAGES).getBytes(StandardCharsets.US_ASCII), received.get());
        }
    }
}
