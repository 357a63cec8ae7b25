package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TinyhttpTest {
    private static final Pattern DATE = Pattern.compile("Date: (.*)\r\n");

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void bothPagesAreServedOnOneConnection(String backend) throws Exception {
        try (Program.Server server = serve(backend);
                Socket client = server.connect()) {
            send(client, request("GET /plaintext", ""));
            assertEquals(response("200 OK", 13, "Content-Type: text/plain", "Hello, World!"), receive(client, 13));
            send(client, request("GET /json", ""));
            String json = "{\"message\":\"Hello, World!\"}";
            assertEquals(response("200 OK", 27, "Content-Type: application/json", json), receive(client, 27));
            send(client, request("HEAD /json", ""));
            assertEquals(response("200 OK", 27, "Content-Type: application/json", ""), receive(client, 0));
            send(client, request("GET /elsewhere", "Connection: close\r\n"));
            assertEquals(response("404 Not Found", 0, "Connection: close", ""), rest(client));
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void pipelinedRequestsAreAnsweredInOrder(String backend) throws Exception {
        try (Program.Server server = serve(backend);
                Socket client = server.connect()) {
            int rounds = 5_000;
            Thread writer = new Thread(() -> {
                try {
                    send(client, (request("GET /plaintext", "") + request("GET /json", "")).repeat(rounds));
                    client.shutdownOutput();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            writer.start();
            String both = response("200 OK", 13, "Content-Type: text/plain", "Hello, World!")
                    + response("200 OK", 27, "Content-Type: application/json", "{\"message\":\"Hello, World!\"}");
            assertEquals(both.repeat(rounds), rest(client));
            writer.join();
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void malformedRequestsAreAnsweredAfterThoseBeforeThem(String backend) throws Exception {
        try (Program.Server server = serve(backend);
                Socket client = server.connect()) {
            send(client, request("GET /plaintext", "") + "nonsense\r\n\r\n" + request("GET /plaintext", ""));
            assertEquals(
                    response("200 OK", 13, "Content-Type: text/plain", "Hello, World!")
                            + response("400 Bad Request", 0, "Connection: close", ""),
                    rest(client));
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void whoIsIdleAtTheEndIsClosedAndWhoHasBegunIsAnswered(String backend) throws Exception {
        try (Program.Server server = serve(backend);
                Socket idle = server.connect();
                Socket begun = server.connect()) {
            for (Socket client : List.of(idle, begun)) {
                send(client, request("GET /plaintext", ""));
                receive(client, 13);
            }
            send(begun, "GET /json HTTP/1.1\r\nHo");
            send(
                    begun,
                    "st"); // two segments: the first one is surely being waited on when the idle one has been closed
            server.program().signal("TERM");
            assertEquals("", rest(idle));
            send(begun, ": localhost\r\n\r\n");
            String json = "{\"message\":\"Hello, World!\"}";
            String fields = "Content-Type: application/json\r\nConnection: close";
            assertEquals(response("200 OK", 27, fields, json), rest(begun));
            begun.shutdownOutput(); // else the server lingers
            assertEquals(0, server.program().status());
        }
    }

    /** It takes the 10 s that the server gives everybody; on one backend, for the deadlines are the same on all. */
    @Test
    void whoSaysNothingIsClosedAndTheOthersAreServed() throws Exception {
        try (Program.Server server = serve(Program.backends().get(0));
                Socket silent = server.connect();
                Socket talking = server.connect()) {
            long start = System.nanoTime();
            send(talking, request("GET /plaintext", ""));
            receive(talking, 13);
            assertEquals("", rest(silent));
            long seconds = (System.nanoTime() - start) / 1_000_000_000;
            assertTrue(seconds >= 9, () -> "closed after " + seconds + " s");
            send(talking, request("GET /json", ""));
            assertTrue(receive(talking, 27).startsWith("HTTP/1.1 200 OK"), "one who has talked is only idle");
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void theDateIsNow(String backend) throws Exception {
        try (Program.Server server = serve(backend);
                Socket client = server.connect()) {
            send(client, request("GET /plaintext", "Connection: close\r\n"));
            Matcher date = DATE.matcher(new String(client.getInputStream().readAllBytes(), US_ASCII));
            assertTrue(date.find());
            Duration age = Duration.between(
                    ZonedDateTime.parse(date.group(1), DateTimeFormatter.RFC_1123_DATE_TIME), ZonedDateTime.now());
            assertTrue(age.abs().toSeconds() < 60, age::toString);
        }
    }

    private static Program.Server serve(String backend) throws Exception {
        return Program.serve(Tinyhttp.class, "127.0.0.1:0", "2", "--backend", backend);
    }

    private static String request(String line, String fields) {
        return line + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
    }

    private static String response(String status, int length, String field, String body) {
        return "HTTP/1.1 " + status + "\r\nServer: gyre\r\nContent-Length: " + length + "\r\n" + field + "\r\n\r\n"
                + body;
    }

    private static void send(Socket client, String text) throws Exception {
        client.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** One response with a body of this length, without its date. */
    private static String receive(Socket client, int body) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) client.getInputStream().read());
        }
        text.append(new String(client.getInputStream().readNBytes(body), US_ASCII));
        return DATE.matcher(text).replaceAll("");
    }

    private static String rest(Socket client) throws Exception {
        return DATE.matcher(new String(client.getInputStream().readAllBytes(), US_ASCII))
                .replaceAll("");
    }
}
