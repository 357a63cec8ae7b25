package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UdpCodecTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void pingsAndPongsFourTimesAndEnds(String backend) throws Exception {
        List<String> command = Program.command(List.of(), UdpCodec.class, "--backend", backend);
        try (Program program = Program.run(command)) {
            for (String ping : List.of("PING", "PING 1", "PING 2", "PING 3")) {
                assertEquals("[b] recv: " + ping, program.line());
                assertEquals("[a] recv: PONG", program.line());
            }
            assertEquals(0, program.status());
        }
    }
}
