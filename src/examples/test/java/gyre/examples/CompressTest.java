package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompressTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void gzipGivesBackWhatWasSent(String backend) throws Exception {
        byte[] sent = new byte[8 << 20];
        Random random = new Random(1);
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) ('a' + random.nextInt(4));
        }
        try (Program.Server server = Program.serve(Compress.class, "127.0.0.1:0", "--backend", backend)) {
            byte[] compressed = exchange(server, sent);
            assertTrue(compressed.length < sent.length / 2, () -> compressed.length + " bytes");
            assertArrayEquals(sent, new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void nothingIsCompressedToo(String backend) throws Exception {
        try (Program.Server server = Program.serve(Compress.class, "127.0.0.1:0", "--backend", backend)) {
            byte[] compressed = exchange(server, new byte[0]);
            assertEquals(0, new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes().length);
        }
    }

    /** Sends and receives at once; and checks what the server says about it. */
    private static byte[] exchange(Program.Server server, byte[] sent) throws Exception {
        try (Socket client = server.connect()) {
            Thread writer = new Thread(() -> {
                try {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            byte[] compressed = client.getInputStream().readAllBytes();
            writer.join();
            String counts = ": compressed " + sent.length + " bytes to " + compressed.length;
            assertEquals("127.0.0.1:" + client.getLocalPort() + counts, server.line());
            return compressed;
        }
    }
}
