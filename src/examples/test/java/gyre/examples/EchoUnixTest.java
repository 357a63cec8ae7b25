package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EchoUnixTest {
    @TempDir
    private Path folder;

    private String path() {
        return folder.resolve("echo").toString();
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void sendsBackAndCounts(String backend) throws Exception {
        try (Program.Server echo = Program.serve(EchoUnix.class, path(), "--backend", backend)) {
            try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(path()));
                    SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
                second.write(ByteBuffer.wrap("hello".getBytes(US_ASCII)));
                ByteBuffer got = ByteBuffer.allocate(5);
                while (got.hasRemaining() && second.read(got) >= 0) {}
                assertEquals("hello", new String(got.array(), US_ASCII));
                first.shutdownOutput();
                assertEquals("wrote 0 bytes to client 1", echo.line());
            }
            assertEquals("wrote 5 bytes to client 2", echo.line());
        }
        assertFalse(Files.exists(folder.resolve("echo")));
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void replacesWhatAKilledOneHasLeft(String backend) throws Exception {
        Program killed = Program.run(Program.command(List.of(), EchoUnix.class, path(), "--backend", backend));
        assertEquals(path(), killed.announced());
        killed.signal("KILL");
        killed.status();
        assertTrue(Files.exists(folder.resolve("echo")));
        Program.serve(EchoUnix.class, path(), "--backend", backend).close();
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void connectTalksToIt(String backend) throws Exception {
        try (Program.Server echo = Program.serve(EchoUnix.class, path(), "--backend", backend);
                Program connect = Program.start(Connect.class, path(), "--backend", backend)) {
            connect.input().write("a line\n".getBytes(US_ASCII));
            connect.input().close();
            assertEquals("a line\n", new String(connect.output().readAllBytes(), US_ASCII));
            assertEquals(0, connect.status());
            assertEquals("wrote 7 bytes to client 1", echo.line());
        }
    }

    @Test
    void badAddressesAreRefusedInOneLine() throws Exception {
        Files.writeString(folder.resolve("file"), "precious");
        assertRefused("a path", "127.0.0.1:80");
        assertRefused("at most 107 bytes", path() + "x".repeat(107));
        assertRefused("at most 107 bytes", "@" + "x".repeat(108));
        assertRefused("a regular file is in the way", folder.resolve("file").toString());
        assertRefused("no abstract names", "@gyre", "--backend", "nio");
    }

    private static void assertRefused(String words, String... arguments) throws Exception {
        Program program = Program.run(Program.command(List.of(), EchoUnix.class, arguments));
        assertEquals(2, program.status());
        String errors = program.errors();
        assertTrue(errors.startsWith("echo-unix: ") && errors.contains(words), errors);
        assertEquals(1, errors.lines().count(), errors);
    }
}
