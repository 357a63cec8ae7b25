package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProxyTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void endOfEitherDirectionIsPassedOnAlone(String backend) throws Exception {
        try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Program.Server proxy = Program.serve(
                        Proxy.class, "127.0.0.1:0", "127.0.0.1:" + target.getLocalPort(), "--backend", backend);
                Socket client = proxy.connect();
                Socket upstream = target.accept()) {
            client.getOutputStream().write("question".getBytes(US_ASCII));
            client.shutdownOutput();
            assertEquals("question", new String(upstream.getInputStream().readAllBytes(), US_ASCII));
            upstream.getOutputStream().write("an answer".getBytes(US_ASCII));
            upstream.shutdownOutput();
            assertEquals("an answer", new String(client.getInputStream().readAllBytes(), US_ASCII));
            assertEquals("127.0.0.1:" + client.getLocalPort() + " sent 8 bytes and received 9 bytes", proxy.line());
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void secondClientIsServedWhileTheFirstStaysConnected(String backend) throws Exception {
        try (Program.Server echo = Program.serve(Echo.class, "127.0.0.1:0", "--backend", backend);
                Program.Server proxy = Program.serve(Proxy.class, "127.0.0.1:0", echo.address(), "--backend", backend);
                Socket first = proxy.connect();
                Socket second = proxy.connect()) {
            EchoTest.assertEchoed(first, "one");
            EchoTest.assertEchoed(second, "two");
            EchoTest.assertEchoed(first, "three");
        }
    }

    @Test
    void refusedTargetCostsOnlyItsConnection() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        try (Program.Server proxy = Program.serve(Proxy.class, "127.0.0.1:0", "127.0.0.1:" + nobody)) {
            for (int i = 0; i < 2; i++) {
                try (Socket client = proxy.connect()) {
                    assertEquals(-1, client.getInputStream().read());
                    String line = proxy.line();
                    assertTrue(line.startsWith("error on 127.0.0.1:" + client.getLocalPort() + ": "), line);
                    assertTrue(line.contains("Connection refused"), line);
                }
            }
        }
    }
}
