package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.testing.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An {@link EchoMain} that has served a client: on which backend, and what it logged about others. */
record EchoOnce(String backend, List<String> reasons) {
    private static final int PATIENCE_MILLIS = 20_000;

    /** Starts it, which has to work, and is served. */
    static EchoOnce of(List<String> command) throws Exception {
        try (ChildJvm child = ChildJvm.start(command)) {
            String backend = child.line("backend ");
            int port = Integer.parseInt(child.line("port "));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                byte[] hello = {'h', 'e', 'l', 'l', 'o'};
                socket.getOutputStream().write(hello);
                assertArrayEquals(hello, socket.getInputStream().readNBytes(5));
            }
            assertEquals("5", child.line("wrote "));
            assertEquals(0, child.await());
            return new EchoOnce(backend, reasons(child));
        }
    }

    static List<String> reasons(ChildJvm child) throws IOException {
        return child.errors()
                .lines()
                .filter(line -> line.startsWith("LOG gyre.sys.Backends"))
                .toList();
    }

    /** What a JVM has to be started with, so that there are reasons to see. */
    static List<String> logging(Path folder) throws IOException {
        Path file = folder.resolve("logging.properties");
        Files.writeString(file, """
                handlers = java.util.logging.ConsoleHandler
                gyre.sys.level = FINE
                java.util.logging.ConsoleHandler.level = FINE
                java.util.logging.SimpleFormatter.format = LOG %3$s %4$s %5$s%n
                """);
        return List.of("-Djava.util.logging.config.file=" + file);
    }
}
