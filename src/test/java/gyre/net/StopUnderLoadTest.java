package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * SIGTERM under full load, without a drain: whatever closes the Core, and how often, each byte is answered or its connection
 * is seen to end, the program ends, and has no descriptor left.
 */
@EveryBackend
@EnabledOnOs(OS.LINUX)
class StopUnderLoadTest {
    private static final int CONNECTIONS = 64;
    private static final int CHURNERS = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Backend backend;

    StopUnderLoadTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void theCoreIsClosedAfterRun() throws Exception {
        stop(StopMain.Way.AFTER_RUN);
    }

    @Test
    void theCoreIsClosedInATask() throws Exception {
        stop(StopMain.Way.IN_A_TASK);
    }

    @Test
    void theCoreIsClosedByTwoThreadsDuringRun() throws Exception {
        stop(StopMain.Way.BY_TWO_THREADS);
    }

    private void stop(StopMain.Way way) throws Exception {
        List<String> command = ChildJvm.command(
                ChildJvm.classPath(),
                List.of("--enable-native-access=ALL-UNNAMED"),
                StopMain.class,
                backend.name(),
                way.name());
        try (ChildJvm server = ChildJvm.start(command)) {
            int port = Integer.parseInt(server.line("port "));
            List<LoadClient> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS + CHURNERS; i++) {
                clients.add(i < CONNECTIONS ? LoadClient.streaming(port) : LoadClient.churning(port));
            }
            for (LoadClient client : clients) {
                client.awaitBusy();
            }
            long start = System.nanoTime();
            server.terminate();
            String before = server.line("before ");
            assertEquals(before, server.line("after "), "descriptors");
            assertEquals(0, server.await(), server::toString);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(took.compareTo(DEADLINE) < 0, "the end took " + took);
            for (LoadClient client : clients) {
                client.awaitEnd();
            }
            assertEquals("", server.errors());
        }
    }
}
