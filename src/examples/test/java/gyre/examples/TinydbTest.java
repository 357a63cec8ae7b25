package gyre.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TinydbTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void everyLineIsAnsweredByteForByte(String backend) throws Exception {
        try (Program.Server db = Program.serve(Tinydb.class, "127.0.0.1:0", "--backend", backend)) {
            assertEquals("foo = bar\n", ask(db, "GET foo\n"));
            assertEquals("error: no key FOOBAR\n", ask(db, "GET FOOBAR\n"));
            assertEquals(
                    "set FOOBAR = `my awesome string`, previous: None\n", ask(db, "SET FOOBAR my awesome string\n"));
            assertEquals(
                    "set foo = `a \"b\" \\`, previous: Some(\"bar\")\n"
                            + "set foo = `c`, previous: Some(\"a \\\"b\\\" \\\\\")\n",
                    ask(db, "SET foo a \"b\" \\\nSET foo c\n"));
            assertEquals("FOOBAR = my awesome string\n", ask(db, "GET FOOBAR\r\n"), "clients share one map");
            assertEquals("error: GET must be followed by a key\n", ask(db, "GET\n"));
            assertEquals("error: GET's key must not be followed by anything\n", ask(db, "GET a b\n"));
            assertEquals("error: SET must be followed by a key\n", ask(db, "SET\n"));
            assertEquals("error: SET needs a value\n", ask(db, "SET a\n"));
            assertEquals("error: unknown command: get\n", ask(db, "get foo\n"));
            assertEquals("error: unknown command: \n", ask(db, "\n"));
            assertEquals("foo = c\n", ask(db, "GET foo"), "the end ends a line");
        }
    }

    private static String ask(Program.Server db, String lines) throws Exception {
        try (Socket client = db.connect()) {
            client.getOutputStream().write(lines.getBytes(UTF_8));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
