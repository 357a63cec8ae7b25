package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people try first. */
class ToolsTest {
    @Test
    void echoAnswersNetcat() throws Exception {
        need("nc");
        assertEchoed(Echo.class, "nc -N 127.0.0.1 ");
    }

    @Test
    void echoAnswersSocat() throws Exception {
        need("socat");
        assertEchoed(Echo.class, "socat -t 30 - TCP:127.0.0.1:");
    }

    @Test
    void echoThreadsAnswersNetcat() throws Exception {
        need("nc");
        assertEchoed(EchoThreads.class, "nc -N 127.0.0.1 ");
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

    @Test
    void tinyhttpAnswersCurl() throws Exception {
        need("curl");
        try (Program.Server server = Program.serve(Tinyhttp.class, "127.0.0.1:0", "2")) {
            assertCurlIsAnswered("http://" + server.address());
        }
    }

    @Test
    void tinyhttpAnswersCurlThroughTheProxy() throws Exception {
        need("curl");
        try (Program.Server server = Program.serve(Tinyhttp.class, "127.0.0.1:0", "2");
                Program.Server proxy = Program.serve(Proxy.class, "127.0.0.1:0", server.address())) {
            assertCurlIsAnswered("http://" + proxy.address());
        }
    }

    private static void assertCurlIsAnswered(String site) throws Exception {
        assertEquals("Hello, World!", output("curl -s " + site + "/plaintext", ""));
        assertEquals("{\"message\":\"Hello, World!\"}", output("curl -s " + site + "/json", ""));
        String head = output("curl -s --head " + site + "/plaintext", "");
        assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n") && head.contains("\r\nContent-Length: 13\r\n"), head);
        assertTrue(head.endsWith("\r\n\r\n"), head);
        String status = "curl -s -o /dev/null -w '%{http_code}' ";
        assertEquals("404", output(status + site + "/", ""));
        assertEquals("405", output(status + "-X DELETE " + site + "/json", ""));
        assertEquals("413", output(status + "-d x=1 " + site + "/json", ""), "it takes no bodies");
        String connections = output("curl -s -w ' %{num_connects} ' " + (site + "/plaintext ").repeat(3), "");
        assertEquals("Hello, World! 1 Hello, World! 0 Hello, World! 0 ", connections, "one for all three");
    }

    @Test
    void tinyhttpAnswersRequestsInARowFromNetcat() throws Exception {
        need("nc");
        try (Program.Server server = Program.serve(Tinyhttp.class, "127.0.0.1:0", "1")) {
            String host = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            String requests = ("GET /plaintext" + host + "GET /json" + host).repeat(10);
            String answers = output("nc -N 127.0.0.1 " + server.port(), requests);
            String bodies = answers.replaceAll("(?s)HTTP/1.1 200 OK\r\n.*?\r\n\r\n", "");
            assertEquals("Hello, World!{\"message\":\"Hello, World!\"}".repeat(10), bodies);
        }
    }

    @Test
    void tinyhttpAnswersWrk(@TempDir Path folder) throws Exception {
        need("wrk");
        Path sixteen = Files.writeString(
                folder.resolve("sixteen.lua"),
                "init = function() row = string.rep(wrk.format('GET', '/json'), 16) end request = function() return row end");
        try (Program.Server server = Program.serve(Tinyhttp.class, "127.0.0.1:0", "1")) {
            for (String script : new String[] {"", "-s " + sixteen + " "}) {
                String report = output("wrk -t1 -c16 -d1 " + script + "http://" + server.address() + "/plaintext", "");
                assertFalse(report.contains("Socket errors") || report.contains("Non-2xx"), report);
                Matcher answers = Pattern.compile("([0-9]+) requests in").matcher(report);
                assertTrue(answers.find() && Integer.parseInt(answers.group(1)) > 16, report);
            }
        }
    }

    @Test
    void gzipUnpacksWhatCompressSends() throws Exception {
        need("nc");
        need("gzip");
        String text = "0123456789abcdef\n".repeat(20_000);
        try (Program.Server server = Program.serve(Compress.class, "127.0.0.1:0")) {
            assertEquals(text, output("nc -N 127.0.0.1 " + server.port() + " | gzip -dc", text));
            assertEquals("", output("nc -N 127.0.0.1 " + server.port() + " | gzip -dc", ""));
        }
    }

    @Test
    void tinydbAnswersNetcat() throws Exception {
        need("nc");
        try (Program.Server server = Program.serve(Tinydb.class, "127.0.0.1:0")) {
            String nc = "nc -N 127.0.0.1 " + server.port();
            assertEquals(
                    "foo = bar\nset a = `b c`, previous: None\nerror: unknown command: DROP\n",
                    output(nc, "GET foo\nSET a b c\nDROP foo\n"));
            assertEquals("a = b c\n", output(nc, "GET a\n"));
        }
    }

    @Test
    void chatConnectsTwoNetcats() throws Exception {
        need("nc");
        try (Program.Server server = Program.serve(Chat.class, "127.0.0.1:0")) {
            List<String> nc = List.of("timeout", "50", "nc", "-N", "127.0.0.1", "" + server.port());
            Program one = Program.run(nc);
            String first = server.line().replace("New connection: ", "");
            Program two = Program.run(nc);
            String second = server.line().replace("New connection: ", "");
            say(one, "hello");
            assertEquals(first + ": hello", two.line());
            say(two, "hello to you");
            assertEquals(second + ": hello to you", one.line());
            for (Program each : List.of(one, two)) {
                each.input().close();
                assertEquals(0, each.status());
            }
        }
    }

    private static void say(Program client, String line) throws IOException {
        client.input().write((line + "\n").getBytes(US_ASCII));
        client.input().flush();
    }

    @Test
    void sinkFillsAPipe() throws Exception {
        need("nc");
        try (Program.Server server = Program.serve(Sink.class, "127.0.0.1:0")) {
            String count = output("nc 127.0.0.1 " + server.port() + " | head -c 10000000 | wc -c", "");
            assertEquals("10000000", count.strip());
        }
    }

    private static void assertEchoed(Class<?> example, String client) throws Exception {
        String text = "0123456789abcdef\n".repeat(20_000);
        try (Program.Server echo = Program.serve(example, "127.0.0.1:0")) {
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
