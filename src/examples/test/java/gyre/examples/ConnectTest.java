package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
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
            peer.shutdownOutput();
            assertEquals(0, connect.status()); // by itself: a signal while the JVM ends has the status of its own
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

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void datagramsGoToThePeerAndComeFromItAlone(String backend) throws Exception {
        for (String host : new String[] {"127.0.0.1", "::1"}) {
            InetAddress address = InetAddress.getByName(host);
            try (DatagramSocket server = new DatagramSocket(0, address);
                    DatagramSocket stranger = new DatagramSocket(0, address);
                    Program connect = Program.start(Connect.class, "--udp", address(server), "--backend", backend)) {
                connect.input().write("a line\n".getBytes(US_ASCII));
                connect.input().flush();
                DatagramPacket received = receive(server);
                assertEquals("a line\n", text(received));
                SocketAddress client = received.getSocketAddress();
                send(stranger, "not for you\n", client);
                send(server, "an answer\n", client);
                assertEquals("an answer\n", new String(connect.output().readNBytes(10), US_ASCII));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void datagramsAreShortAndStillComeAfterTheEndOfInput(String backend) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                Program connect = Program.start(Connect.class, address(server), "--udp", "--backend", backend)) {
            String text = "0123456789".repeat(300);
            connect.input().write(text.getBytes(US_ASCII));
            connect.input().close();
            StringBuilder arrived = new StringBuilder();
            SocketAddress client = null;
            while (arrived.length() < text.length()) {
                DatagramPacket packet = receive(server);
                assertTrue(packet.getLength() <= 1024, "bytes: " + packet.getLength());
                arrived.append(text(packet));
                client = packet.getSocketAddress();
            }
            assertEquals(text, arrived.toString());
            for (int i = 0; i < 20; i++) {
                send(server, "more", client);
                assertEquals("more", new String(connect.output().readNBytes(4), US_ASCII));
            }
            connect.signal("TERM");
            assertEquals(0, connect.status());
        }
    }

    @Test
    void datagramsAreEchoed() throws Exception {
        try (Program.Server echo = Program.serve(EchoUdp.class, "127.0.0.1:0");
                Program connect = Program.start(Connect.class, echo.address(), "--udp")) {
            for (String line : new String[] {"one\n", "two\n"}) {
                connect.input().write(line.getBytes(US_ASCII));
                connect.input().flush();
                assertEquals(line, new String(connect.output().readNBytes(4), US_ASCII));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void thatNobodyTakesDatagramsIsOneLine(String backend) throws Exception {
        Program connect = Program.start(Connect.class, "127.0.0.1:1", "--udp", "--backend", backend);
        connect.input().write('x');
        connect.input().flush();
        assertEquals(2, connect.status());
        assertTrue(connect.errors().matches("connect: [^\n]*127\\.0\\.0\\.1:1: [^\n]+\n"), connect.errors());
    }

    @Test
    void datagramsToAUnixPathAreRefused() throws Exception {
        Program connect = Program.start(Connect.class, "/tmp/nobody", "--udp");
        assertEquals(2, connect.status());
        assertEquals(
                "connect: an address is HOST:PORT, as 127.0.0.1:8080 or [::1]:8080, not \"/tmp/nobody\"\n",
                connect.errors());
    }

    private static String address(DatagramSocket socket) {
        return Address.text((InetSocketAddress) socket.getLocalSocketAddress());
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(50_000);
        DatagramPacket packet = new DatagramPacket(new byte[70_000], 70_000);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }

    private static void send(DatagramSocket from, String text, SocketAddress to) throws IOException {
        from.send(new DatagramPacket(text.getBytes(US_ASCII), text.length(), to));
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    private static String address(ServerSocket server) {
        return "127.0.0.1:" + server.getLocalPort();
    }
}
