package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EchoTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void secondClientIsServedWhileTheFirstStaysConnected(String backend) throws Exception {
        try (Program.Server echo = Program.serve(Echo.class, "127.0.0.1:0", "--backend", backend);
                Socket first = echo.connect()) {
            assertEchoed(first, "first");
            try (Socket second = echo.connect()) {
                assertEchoed(second, "second");
                second.shutdownOutput();
                assertEquals(-1, second.getInputStream().read());
                assertEquals("wrote 6 bytes to 127.0.0.1:" + second.getLocalPort(), echo.line());
            }
            assertEchoed(first, " again");
            first.shutdownOutput();
            assertEquals(-1, first.getInputStream().read());
            assertEquals("wrote 11 bytes to 127.0.0.1:" + first.getLocalPort(), echo.line());
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void moreThanTheSocketsHoldComesBackWhole(String backend) throws Exception {
        byte[] sent = new byte[32 << 20];
        new Random(1).nextBytes(sent);
        try (Program.Server echo = Program.serve(Echo.class, "127.0.0.1:0", "--backend", backend);
                Socket client = echo.connect()) {
            Thread writer = new Thread(() -> {
                try {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            assertArrayEquals(sent, client.getInputStream().readAllBytes());
            writer.join();
            assertEquals("wrote " + sent.length + " bytes to 127.0.0.1:" + client.getLocalPort(), echo.line());
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void resetCostsOnlyItsConnection(String backend) throws Exception {
        try (Program.Server echo = Program.serve(Echo.class, "127.0.0.1:0", "--backend", backend);
                Socket other = echo.connect()) {
            int port;
            try (Socket reset = echo.connect()) {
                port = reset.getLocalPort();
                assertEchoed(reset, "x");
                reset.setSoLinger(true, 0);
            }
            String line = echo.line();
            assertTrue(line.startsWith("error on 127.0.0.1:" + port + ": "), line);
            assertTrue(line.contains("reset"), line);
            assertEchoed(other, "still there");
        }
    }

    @Test
    void listensOnIpv6() throws Exception {
        try (Program.Server echo = Program.serve(Echo.class, "[::1]:0");
                Socket client = new Socket()) {
            assertTrue(echo.address().startsWith("[::1]:"), echo.address());
            client.connect(new InetSocketAddress("::1", echo.port()));
            assertEchoed(client, "six");
            client.shutdownOutput();
            assertEquals("wrote 3 bytes to [::1]:" + client.getLocalPort(), echo.line());
        }
    }

    static void assertEchoed(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
        assertEquals(text, new String(client.getInputStream().readNBytes(text.length()), US_ASCII));
    }
}
