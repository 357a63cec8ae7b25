package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VirtualThreadsTest {
    @TempDir
    Path folder;

    @Test
    void oldJdkIsOneLine() throws Exception {
        assumeTrue(Runtime.version().feature() < 21, "this JDK has virtual threads");
        Program program = Program.run(Program.command(List.of(), VirtualThreads.class));
        assertEquals(2, program.status());
        assertEquals(
                "virtual-threads: virtual threads need JDK 21 or newer, this is "
                        + Runtime.version().feature() + "\n",
                program.errors());
    }

    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void waitWithoutPinning(String backend) throws Exception {
        Path jdk = jdkWithVirtualThreads();
        Path recording = folder.resolve("example.jfr");
        try (Program program = Program.run(command(jdk, recording, VirtualThreads.class, "--backend", backend))) {
            assertTrue(program.line().startsWith("10000 virtual threads waited 100 ms each, together "));
            assertEquals(0, program.status());
        }
        assertEquals("", pinned(jdk, recording));
    }

    /** So that the test above could fail. */
    @Test
    void pinningIsSeen() throws Exception {
        Path jdk = jdkWithVirtualThreads();
        Path recording = folder.resolve("pinned.jfr");
        assertEquals(0, Program.run(command(jdk, recording, Pinned.class)).status());
        assertNotEquals("", pinned(jdk, recording));
    }

    /** A virtual thread that parks below the native frame of a class's initialisation. */
    public static final class Pinned {
        static final class Initialised {
            static {
                LockSupport.parkNanos(200_000_000);
            }

            private Initialised() {}

            static void touch() {}
        }

        public static void main(String[] args) throws Exception {
            Runnable initialise = Initialised::touch;
            Thread thread = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, initialise);
            thread.join();
        }
    }

    private static List<String> command(Path jdk, Path recording, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(Program.command(
                List.of(
                        "-Xlog:jfr*=error",
                        "-XX:StartFlightRecording:filename=" + recording
                                + ",settings=none,+jdk.VirtualThreadPinned#enabled=true,"
                                + "+jdk.VirtualThreadPinned#threshold=0ms"),
                main,
                arguments));
        command.set(0, jdk.resolve("bin/java").toString());
        return command;
    }

    /**
     * What the recording has to say about threads that parked. Loading a class for the first time may pin the others who
     * want it for a moment: that is the JVM's, and named as another operation where there is a name.
     */
    private static String pinned(Path jdk, Path recording) throws IOException {
        Process print = new ProcessBuilder(
                        jdk.resolve("bin/jfr").toString(),
                        "print",
                        "--events",
                        "jdk.VirtualThreadPinned",
                        recording.toString())
                .redirectErrorStream(true)
                .start();
        String events = new String(print.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Stream.of(events.strip().split("\n\n"))
                .filter(event -> !event.contains("blockingOperation") || event.contains("LockSupport.park"))
                .collect(Collectors.joining("\n\n"));
    }

    /** This one, or else one that is installed beside it. */
    private static Path jdkWithVirtualThreads() throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() >= 21) {
            return own;
        }
        try (Stream<Path> found = Files.list(own.getParent())) {
            for (Path each :
                    found.filter(p -> Files.exists(p.resolve("release"))).toList()) {
                Properties release = new Properties();
                release.load(Files.newBufferedReader(each.resolve("release")));
                String version = release.getProperty("JAVA_VERSION").replace("\"", "");
                if (Files.exists(each.resolve("bin/jfr")) && Integer.parseInt(version.split("\\D")[0]) >= 21) {
                    return each;
                }
            }
        }
        System.err.println("SKIPPED: no JDK with virtual threads beside " + own);
        assumeTrue(System.getenv("CI") != null, "no JDK with virtual threads beside " + own);
        return fail("in CI there must be a JDK with virtual threads beside " + own);
    }
}
