package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.testing.ChildJvm;
import gyre.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour 52: where JNA cannot work, NIO serves, and one line says why. */
class MissingNativesTest {
    @TempDir
    private Path folder;

    @Test
    void withoutTheJarOfJna() throws Exception {
        List<String> why = serve(ChildJvm.command(ChildJvm.withoutJna(), logging(), EchoMain.class), "nio");
        assertEquals(1, why.size(), why.toString());
        assertTrue(why.get(0).contains("JNA") && why.get(0).contains("epoll"), why.toString());
    }

    @Test
    void whereItsLibraryMayNotBeExecuted() throws Exception {
        String mount = "mount -t tmpfs -o noexec none " + folder.resolve("noexec");
        Files.createDirectory(folder.resolve("noexec"));
        if (!"root".equals(System.getProperty("user.name"))) {
            Tool.skip("MissingNativesTest: only root can mount a noexec file system");
        }
        Tool.need("unshare", "-m", "sh", "-c", mount);
        List<String> jvm = new ArrayList<>(logging());
        jvm.add("-Djna.tmpdir=" + folder.resolve("noexec"));
        jvm.add("-Djna.nosys=true");
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", mount + " && exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(ChildJvm.classPath(), jvm, EchoMain.class));
        List<String> why = serve(command, "nio");
        assertEquals(1, why.size(), why.toString());
        assertTrue(why.get(0).contains("epoll"), why.toString());
    }

    @Test
    void whereAllIsWellNothingIsSaid() throws Exception {
        List<String> why = serve(ChildJvm.command(ChildJvm.classPath(), logging(), EchoMain.class), "epoll");
        assertEquals(List.of(), why);
    }

    /** What was logged about backends. */
    private static List<String> serve(List<String> command, String backend) throws Exception {
        try (ChildJvm child = ChildJvm.start(command)) {
            assertEquals(backend, child.line("backend "), () -> errors(child));
            int port = Integer.parseInt(child.line("port "));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                byte[] hello = {'h', 'e', 'l', 'l', 'o'};
                socket.getOutputStream().write(hello);
                assertArrayEquals(hello, socket.getInputStream().readNBytes(5));
            }
            assertEquals("5", child.line("wrote "));
            assertEquals(0, child.await());
            return child.errors()
                    .lines()
                    .filter(line -> line.startsWith("LOG gyre.sys.Backends"))
                    .toList();
        }
    }

    private static String errors(ChildJvm child) {
        try {
            return child.errors();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<String> logging() throws IOException {
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
