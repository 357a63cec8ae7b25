package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void sendsStandardInputAndItsEndAndPrintsTheAnswer(String backend) throws Exception {
        try (ServerSocket server = listen();
                Program connect = Program.start(Connect.class, address(server), "--backend", backend);
                Socket peer = server.accept()) {
            connect.input().write("a line\n".getBytes(US_ASCII));
            connect.input().flush();
            assertEquals("a line\n", new String(peer.getInputStream().readNBytes(7), US_ASCII));
            connect.input().close();
            assertEquals(-1, peer.getInputStream().read());
            peer.getOutputStream().write("an answer\n".getBytes(US_ASCII));
            peer.shutdownOutput();
            assertEquals("an answer\n", new String(connect.output().readAllBytes(), US_ASCII));
            assertEquals(0, connect.status());
        }
    }

    @Test
    void peerThatDoesNotReadHoldsUpStandardInput() throws Exception {
        AtomicLong written = new AtomicLong();
        CountDownLatch begun = new CountDownLatch(1);
        long total = 64 << 20; // more than both sockets' buffers and the pipe can take
        try (ServerSocket server = listen();
                Program connect = Program.start(Connect.class, address(server));
                Socket peer = server.accept()) {
            Thread writer = new Thread(() -> {
                byte[] piece = new byte[64 << 10];
                try (OutputStream in = connect.input()) {
                    for (long i = 0; i < total; i = written.addAndGet(piece.length)) {
                        in.write(piece);
                        begun.countDown();
                    }
                } catch (IOException e) {
                    begun.countDown();
                }
            });
            writer.start();
            assertTrue(begun.await(50, TimeUnit.SECONDS));
            writer.join(1000); // it would be done by then
            assertTrue(written.get() < total, "all of " + total + " bytes were taken, and nobody read any");
            byte[] buffer = new byte[1 << 20];
            long read = 0;
            for (int n; (n = peer.getInputStream().read(buffer)) >= 0; ) {
                read += n;
            }
            assertEquals(total, read);
            writer.join();
        }
    }

    @Test
    void endsAtTheSignalAlthoughStandardInputGoesOn() throws Exception {
        try (ServerSocket server = listen();
                Program connect = Program.start(Connect.class, address(server));
                Socket peer = server.accept()) {
            connect.input().write('x'); // once it is there, the program runs and has its signals
            connect.input().flush();
            assertEquals('x', peer.getInputStream().read());
            connect.signal("TERM");
            assertEquals(0, connect.status());
            assertEquals(-1, peer.getInputStream().read());
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    private static String address(ServerSocket server) {
        return "127.0.0.1:" + server.getLocalPort();
    }
}
