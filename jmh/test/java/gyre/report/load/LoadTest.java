package gyre.report.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(50);

    private final ByteBuffer input = ByteBuffer.allocateDirect(Pattern.LONGEST);

    @Test
    void aClosedLoopCountsWhatAnEchoAnswers() throws Exception {
        Outcome outcome = stream(1_000, 4, 0, buffer -> {});

        assertTrue(outcome.latencies().getTotalCount() >= 4);
        assertEquals(0, outcome.lost());
        assertEquals(1, outcome.fairness());
    }

    @Test
    void anOpenLoopAsksAsOftenAsItIsTold() throws Exception {
        Outcome outcome = stream(64, 0, 2_000, buffer -> {});

        assertEquals(100, outcome.latencies().getTotalCount(), 1);
    }

    @Test
    void aWrongByteIsAnError() {
        IOException error = assertThrows(
                IOException.class,
                () -> stream(
                        64, 1, 0, buffer -> buffer.put(buffer.limit() - 1, (byte) ~buffer.get(buffer.limit() - 1))));

        assertTrue(error.getMessage().contains("differs from what was sent"), error.getMessage());
    }

    @Test
    void aLostDatagramIsCountedAndTheRestGoesOn() throws Exception {
        CompletableFuture<Void> echo;
        Outcome outcome;
        try (DatagramChannel server = DatagramChannel.open().bind(ANY_PORT)) {
            echo = CompletableFuture.runAsync(() -> echoAllButTheFourth(server));
            Selector selector = Selector.open();
            DatagramChannel client = DatagramChannel.open().connect(server.getLocalAddress());
            Link link = new DatagramLink(client, selector, 3, 64, new Pattern(), input);
            try (Load load = new Load(selector, List.of(link), 4, 0, false, true)) {
                outcome = load.run(WINDOW);
            }
        }
        echo.get(10, TimeUnit.SECONDS);

        assertEquals(1, outcome.lost());
        assertTrue(outcome.latencies().getTotalCount() > 4);
    }

    @Test
    void aRingOfTimesGrowsInOrder() {
        Due due = new Due();
        long taken = 0;
        long added = 0;
        for (int round = 1; round < 50; round++) {
            for (int i = 0; i < round; i++) {
                due.add(added++);
            }
            for (int i = 0; i < round / 2; i++) {
                assertEquals(taken++, due.take());
            }
        }
        assertEquals(added - taken, due.size());
        assertEquals(taken, due.peek());
    }

    private Outcome stream(int size, int depth, int rate, Tampering tampering) throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(ANY_PORT)) {
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(listener, tampering));
            Selector selector = Selector.open();
            SocketChannel client = SocketChannel.open(listener.getLocalAddress());
            Link link = new StreamLink(client, selector, 5, size, new Pattern(), input);
            try (Load load = new Load(selector, List.of(link), depth, rate, false, false)) {
                return load.run(WINDOW);
            } finally {
                echo.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static void echo(ServerSocketChannel listener, Tampering tampering) {
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        try (SocketChannel socket = listener.accept()) {
            while (socket.read(buffer.clear()) >= 0) {
                tampering.change(buffer.flip());
                socket.write(buffer);
            }
        } catch (IOException e) {
            return; // the client has gone
        }
    }

    private static void echoAllButTheFourth(DatagramChannel server) {
        ByteBuffer buffer = ByteBuffer.allocate(2_048);
        try {
            for (int i = 1; ; i++) {
                var from = server.receive(buffer.clear());
                if (i != 4) {
                    server.send(buffer.flip(), from);
                }
            }
        } catch (IOException e) {
            return; // closed by the test
        }
    }

    private interface Tampering {
        void change(ByteBuffer buffer);
    }
}
