package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import gyre.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A loop on which nothing happens: by the kernel's own account of its thread, which counts nanoseconds and turns on a CPU. */
@EveryBackend
@EnabledOnOs(OS.LINUX)
class IdleTest {
    private static final int CONNECTIONS = 1_000;
    private static final long IDLE_MILLIS = 2_000;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Backend backend;

    IdleTest(Backend backend) {
        this.backend = backend;
    }

    /** Any system call would be made on a CPU. */
    @Test
    void aServerWithAThousandIdleConnectionsIsNeverOnACpu() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (ChildJvm server = ChildJvm.start(ChildJvm.command(
                ChildJvm.classPath(), List.of(), StopMain.class, backend.name(), StopMain.Way.AFTER_RUN.name()))) {
            Path account = Path.of("/proc/" + server.line("loop ") + "/schedstat");
            int port = Integer.parseInt(server.line("port "));
            if (!Files.exists(account)) {
                Tool.skip("IdleTest: this kernel keeps no " + account);
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
                clients.add(client);
                client.getOutputStream().write(i);
                assertEquals(i & 0xff, client.getInputStream().read());
            }
            String before = settled(account);
            Thread.sleep(IDLE_MILLIS); // what is measured is that nothing happens in this time
            assertEquals(before, Files.readString(account), "nanoseconds on a CPU, waiting for one, turns");
            clients.get(0).getOutputStream().write('x');
            assertEquals('x', clients.get(0).getInputStream().read(), "it is still there");
            assertTrue(!before.equals(Files.readString(account)), "the account counts");
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    /** The account once it stands still for a tenth of the time: the last echo has been accounted for. */
    private static String settled(Path account) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String last;
        String now = Files.readString(account);
        do {
            assertTrue(System.nanoTime() < deadline, "the loop never sleeps: " + now);
            last = now;
            Thread.sleep(IDLE_MILLIS / 10);
            now = Files.readString(account);
        } while (!now.equals(last));
        return now;
    }
}
