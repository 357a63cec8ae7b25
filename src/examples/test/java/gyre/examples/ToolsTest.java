package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people try first. */
class ToolsTest {
    @Test
    void echoAnswersNetcat() throws Exception {
        need("nc");
        assertEchoed("nc -N 127.0.0.1 ");
    }

    @Test
    void echoAnswersSocat() throws Exception {
        need("socat");
        assertEchoed("socat -t 30 - TCP:127.0.0.1:");
    }

    @Test
    void echoUnixAnswersSocatAndNetcat(@TempDir Path folder) throws Exception {
        need("nc");
        need("socat");
        String path = folder.resolve("echo").toString();
        String text = "0123456789abcdef\n".repeat(20_000);
        try (Program.Server echo = Program.serve(EchoUnix.class, path)) {
            assertEquals(path, echo.address());
            assertEquals(text, output("socat -t 30 - UNIX-CONNECT:" + path, text));
            assertEquals(text, output("nc -N -U " + path, text));
        }
        assertFalse(Files.exists(Path.of(path)), "a stopped server deletes its file");
    }

    @Test
    void echoUnixAnswersSocatByAnAbstractName() throws Exception {
        need("socat");
        String name = "@gyre-test-" + ProcessHandle.current().pid();
        try (Program.Server echo = Program.serve(EchoUnix.class, name, "--backend", "epoll")) {
            assertEquals(name, echo.address());
            assertEquals("hello\n", output("socat -t 30 - ABSTRACT-CONNECT:" + name.substring(1), "hello\n"));
        }
    }

    @Test
    void helloAnswersCurlAndNetcat() throws Exception {
        need("curl");
        need("nc");
        try (Program.Server hello = Program.serve(Hello.class, "127.0.0.1:0")) {
            assertEquals("Hello!\n", output("curl -s telnet://" + hello.address(), ""));
            assertEquals("Hello!\n", output("nc 127.0.0.1 " + hello.port(), ""));
        }
    }

    @Test
    void proxyPassesNetcatOn() throws Exception {
        need("nc");
        try (Program.Server hello = Program.serve(Hello.class, "127.0.0.1:0");
                Program.Server proxy = Program.serve(Proxy.class, "127.0.0.1:0", hello.address())) {
            assertEquals("Hello!\n", output("nc -N 127.0.0.1 " + proxy.port(), ""));
        }
    }

    @Test
    void echoUdpAnswersSocatAndNetcat() throws Exception {
        need("socat");
        need("nc");
        try (Program.Server echo = Program.serve(EchoUdp.class, "127.0.0.1:0")) {
            assertEquals("a datagram\n", output("socat -t 2 - UDP:127.0.0.1:" + echo.port(), "a datagram\n"));
            assertEquals("another\n", output("nc -u -w 2 127.0.0.1 " + echo.port(), "another\n"));
        }
    }

    private static void assertEchoed(String client) throws Exception {
        String text = "0123456789abcdef\n".repeat(20_000);
        try (Program.Server echo = Program.serve(Echo.class, "127.0.0.1:0")) {
            assertEquals(text, output(client + echo.port(), text));
        }
    }

    private static String output(String command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "exec timeout 50 " + command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread writer = new Thread(() -> {
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(US_ASCII));
            } catch (IOException e) {
                System.err.println(command + ": " + e);
            }
        });
        writer.start();
        String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
        writer.join();
        assertEquals(0, process.waitFor(), command);
        return output;
    }

    private static void need(String tool) throws IOException, InterruptedException {
        boolean found =
                new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() == 0;
        if (!found) {
            System.err.println("SKIPPED: there is no " + tool + " here");
        }
        assumeTrue(found, "there is no " + tool + " here");
    }
}
