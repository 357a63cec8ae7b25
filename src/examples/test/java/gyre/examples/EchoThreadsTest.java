package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EchoThreadsTest {
    private static final int CLIENTS = 30;

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void manyClientsAreServedAtOnce(String backend) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (Program.Server echo = Program.serve(EchoThreads.class, "127.0.0.1:0", "3", "--backend", backend)) {
            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = echo.connect();
                clients.add(client);
                EchoTest.assertEchoed(client, "client " + i);
                expected.add("wrote " + ("client " + i).length() + " bytes to 127.0.0.1:" + client.getLocalPort());
            }
            Set<String> told = new TreeSet<>();
            for (Socket client : clients) {
                client.shutdownOutput();
                assertEquals(-1, client.getInputStream().read());
                told.add(echo.line());
            }
            assertEquals(expected, told);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void stopsWhileClientsAreConnected(String backend) throws Exception {
        try (Program.Server echo = Program.serve(EchoThreads.class, "127.0.0.1:0", "2", "--backend", backend);
                Socket first = echo.connect();
                Socket second = echo.connect()) {
            EchoTest.assertEchoed(first, "1");
            EchoTest.assertEchoed(second, "2");
            echo.program().signal("TERM");
            assertEquals(0, echo.program().status());
            assertEquals(-1, first.getInputStream().read(), "an orderly end, not a reset");
            assertEquals(-1, second.getInputStream().read());
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    @EnabledOnOs(OS.LINUX)
    void hasAsManyThreadsAsAskedFor(String backend) throws Exception {
        try (Program.Server echo = Program.serve(EchoThreads.class, "127.0.0.1:0", "5", "--backend", backend);
                Stream<Path> tasks =
                        Files.list(Path.of("/proc/" + echo.program().pid() + "/task"))) {
            List<String> names = new ArrayList<>();
            for (Path task : tasks.toList()) {
                names.addAll(Files.readAllLines(task.resolve("comm")));
            }
            assertTrue(names.containsAll(List.of("echo-0", "echo-1", "echo-2", "echo-3", "echo-4")), "" + names);
            assertTrue(!names.contains("echo-5"), "" + names);
        }
    }
}
