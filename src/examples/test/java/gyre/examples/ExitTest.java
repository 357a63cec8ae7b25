package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How programs end. That each of them ends with status 0 at SIGTERM, every use of {@link Program} shows. */
class ExitTest {
    /** Whoever starts the build may have it ignore SIGINT, as shells do in the background, and so would what it starts. */
    private static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal=INT,TERM");

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void signalClosesConnectionsAndExitsWithZero(String signal) throws Exception {
        List<String> command =
                new ArrayList<>(Files.exists(Path.of("/proc/self/status")) ? DEFAULT_SIGNALS : List.of());
        command.addAll(Program.command(List.of(), Echo.class, "127.0.0.1:0"));
        try (Program echo = Program.run(command);
                Program.Server server = new Program.Server(echo, echo.announced());
                Socket client = server.connect()) {
            EchoTest.assertEchoed(client, "x");
            echo.signal(signal);
            assertEquals(0, echo.status());
            assertEquals(-1, client.getInputStream().read(), "an orderly end, not a reset");
            assertEquals("", echo.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit-modules=java.base", "-Xrs"})
    void missingSignalsAreOneLine(String jvm) throws Exception {
        Program echo = Program.run(Program.command(List.of(jvm), Echo.class, "127.0.0.1:0", "--backend=nio"));
        try (Socket client = new Program.Server(echo, echo.announced()).connect()) {
            EchoTest.assertEchoed(client, "x");
        }
        echo.signal("TERM");
        assertEquals(143, echo.status());
        assertOneLine("Signals will end this program at once, without closing: ", echo.errors());
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#examples")
    void helpIsPrintedAndIsNoError(Class<?> example) throws Exception {
        Program program = Program.run(Program.command(List.of(), example, "not an address", "--help"));
        assertEquals(0, program.status());
        assertEquals("", program.errors());
        String usage = program.line();
        assertTrue(usage.startsWith("Usage: scripts/run " + name(example) + " "), usage);
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#withAddress")
    void badArgumentIsOneLine(Class<?> example) throws Exception {
        assertRefused(example, "a port is 0 to 65535, not 65536: ", "127.0.0.1:65536");
    }

    @Test
    void backendThatCannotWorkIsOneLine() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "kqueue may work here");
        String line = assertRefused(Echo.class, "the", "127.0.0.1:0", "--backend", "kqueue");
        assertTrue(line.contains("kqueue"), line);
    }

    @Test
    void unknownBackendIsOneLineEvenIfItsNameIsNot() throws Exception {
        assertRefused(Echo.class, "there is no backend \"no such\": auto, ", "127.0.0.1:0", "--backend", "no\nsuch");
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void addressInUseIsOneLine(String backend) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            String line = assertRefused(Echo.class, "bind ", address, "--backend", backend);
            assertTrue(line.contains(address + ": Address already in use"), line);
        }
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void deniedPortIsOneLine(String backend) throws Exception {
        Path lowest = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        // By lines: files of this folder answer only the first read, and readString begins with one byte.
        boolean denies = Files.exists(lowest)
                && Integer.parseInt(Files.readAllLines(lowest).get(0)) > 1;
        if (!denies) {
            System.err.println("SKIPPED: every user may bind port 1 here");
        }
        assumeTrue(denies, "every user may bind port 1 here");
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--bounding-set=-net_bind_service", "--inh-caps=-net_bind_service"));
        }
        command.addAll(Program.command(List.of(), Echo.class, "127.0.0.1:1", "--backend", backend));
        String line = assertRefused(Echo.class, "bind ", Program.run(command));
        assertTrue(line.contains("127.0.0.1:1: Permission denied"), line);
    }

    @Test
    void refusedConnectionIsOneLine() throws Exception {
        assertRefused(Connect.class, "connect ", "127.0.0.1:1");
    }

    private static String assertRefused(Class<?> example, String begin, String... arguments) throws Exception {
        return assertRefused(example, begin, Program.run(Program.command(List.of(), example, arguments)));
    }

    private static String assertRefused(Class<?> example, String begin, Program program) throws Exception {
        assertEquals(2, program.status(), "status");
        String errors = program.errors();
        assertOneLine(name(example) + ": " + begin, errors);
        return errors;
    }

    private static void assertOneLine(String begin, String errors) {
        assertTrue(errors.startsWith(begin), errors);
        assertEquals(errors.length() - 1, errors.indexOf('\n'), errors);
    }

    private static String name(Class<?> example) {
        return example.getSimpleName().replaceAll("\\B[A-Z]", "-$0").toLowerCase(Locale.ROOT);
    }
}
