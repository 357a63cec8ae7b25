package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelloTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void greetsOneAfterTheOther(String backend) throws Exception {
        try (Program.Server hello = Program.serve(Hello.class, "127.0.0.1:0", "--backend", backend)) {
            for (int i = 0; i < 3; i++) {
                try (Socket client = hello.connect()) {
                    assertEquals("Hello!\n", new String(client.getInputStream().readAllBytes(), US_ASCII));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void clientThatResetsDoesNotEndIt(String backend) throws Exception {
        try (Program.Server hello = Program.serve(Hello.class, "127.0.0.1:0", "--backend", backend)) {
            for (int i = 0; i < 20; i++) {
                Socket reset = hello.connect();
                reset.setSoLinger(true, 0);
                reset.close();
            }
            try (Socket client = hello.connect()) {
                assertEquals("Hello!\n", new String(client.getInputStream().readAllBytes(), US_ASCII));
            }
        }
    }
}
