package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server whose JVM has no direct memory left: who needs some fails, at once, and nobody else does. */
@EveryBackend
class MemoryLimitTest {
    private static final int CLIENTS = 400;

    private final Backend backend;

    MemoryLimitTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void whoAsksForMemoryThatIsNotThereFailsAndTheLoopServesTheOthers() throws Exception {
        List<String> command = ChildJvm.command(
                ChildJvm.classPath(), List.of("-XX:MaxDirectMemorySize=16m"), LittleMemoryServer.class, backend.name());
        List<Socket> clients = new ArrayList<>();
        try (ChildJvm child = ChildJvm.start(command)) {
            int port = Integer.parseInt(child.line("port "));
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(connect(port));
                clients.get(i).getOutputStream().write('a');
            }
            // 16 MiB hold less than 256 of them: whatever order they come in, these many are turned away.
            for (int i = 256; i < CLIENTS; i++) {
                assertEquals("no direct memory for 65536 bytes", child.line("failed "));
            }
            int served = 0;
            for (Socket each : clients) {
                served += isServed(each) ? 1 : 0;
                each.close();
            }
            assertTrue(served > 100 && served <= 256, served + " served");
            try (Socket late = connect(port)) {
                late.getOutputStream().write('a');
                assertTrue(isServed(late), "there is memory again");
            }
        } finally {
            for (Socket each : clients) {
                each.close();
            }
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Who has sent an a and ends the line: it comes back, or the connection is closed or reset. */
    private static boolean isServed(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write("b\n".getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes(3);
            if (line.length == 0) {
                return false;
            }
            assertEquals("ab\n", new String(line, StandardCharsets.US_ASCII));
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }
}
