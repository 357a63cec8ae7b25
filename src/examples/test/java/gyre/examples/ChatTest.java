package gyre.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void linesGoToAllOthersWithTheAddressOfWhoSaidThem(String backend) throws Exception {
        try (Program.Server chat = serve(backend);
                Client a = new Client(chat);
                Client b = new Client(chat);
                Client c = new Client(chat)) {
            a.say("hello\n");
            assertEquals(a.address + ": hello", b.hear());
            assertEquals(a.address + ": hello", c.hear());
            b.say("one\r\ntwo\n");
            assertEquals(b.address + ": one", a.hear());
            assertEquals(b.address + ": two", a.hear());
            assertEquals(b.address + ": one", c.hear());
            assertEquals(b.address + ": two", c.hear());
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void whatIsNotTextIsAnsweredPrivately(String backend) throws Exception {
        try (Program.Server chat = serve(backend);
                Client a = new Client(chat);
                Client b = new Client(chat)) {
            a.socket.getOutputStream().write(new byte[] {'x', (byte) 0xFF, '\n'});
            assertEquals("You didn't send valid UTF-8.", a.hear());
            a.say("g\u00fct\n");
            assertEquals(a.address + ": g\u00fct", b.hear());
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void whoLeavesIsToldNothingMore(String backend) throws Exception {
        try (Program.Server chat = serve(backend);
                Client a = new Client(chat)) {
            String left;
            try (Client b = new Client(chat)) {
                left = b.address;
                b.say("bye");
                b.socket.shutdownOutput();
                assertEquals(left + ": bye", a.hear());
                assertEquals(null, b.hear());
            }
            assertEquals("Connection " + left + " closed", chat.line());
            a.say("anyone?\n");
            try (Client c = new Client(chat)) {
                c.say("me\n");
                assertEquals(c.address + ": me", a.hear());
            }
        }
    }

    private static Program.Server serve(String backend) throws Exception {
        return Program.serve(Chat.class, "127.0.0.1:0", "--backend", backend);
    }

    /** One that the server knows. */
    private static final class Client implements AutoCloseable {
        final Socket socket;
        final String address;
        private final BufferedReader lines;

        Client(Program.Server chat) throws Exception {
            socket = chat.connect();
            address = "127.0.0.1:" + socket.getLocalPort();
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertEquals("New connection: " + address, chat.line());
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        }

        String hear() throws IOException {
            return lines.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
