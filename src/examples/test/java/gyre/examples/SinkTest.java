package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SinkTest {
    private static final Pattern REPORT = Pattern.compile("wrote ([0-9]+) bytes to 127\\.0\\.0\\.1:([0-9]+)");

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void writesZerosToAllClientsUntilTheyGo(String backend) throws Exception {
        int most = 5 << 20;
        try (Program.Server sink = Program.serve(Sink.class, "127.0.0.1:0", "--backend", backend);
                Socket silent = sink.connect()) { // never reads
            int port;
            try (Socket client = sink.connect()) {
                port = client.getLocalPort();
                assertArrayEquals(new byte[most], client.getInputStream().readNBytes(most));
            }
            String line = sink.line();
            Matcher report = REPORT.matcher(line);
            assertTrue(report.matches(), line);
            assertTrue(Long.parseLong(report.group(1)) >= most, line);
            assertTrue(Integer.parseInt(report.group(2)) == port, line);
            assertArrayEquals(new byte[100], silent.getInputStream().readNBytes(100));
        }
    }
}
