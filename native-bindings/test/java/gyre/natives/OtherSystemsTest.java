package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the numbers of systems that are not at hand with what their headers declare: see {@code macos.h}, {@code freebsd.h}. */
class OtherSystemsTest {
    /** What begins the names of what only Linux has, or what this system has under Linux's name. */
    private static final List<String> LINUX_ONLY = List.of(
            "ABSENT",
            "EPOLL",
            "EFD_",
            "PR_",
            "PROT_",
            "MAP_",
            "MFD_",
            "SYS_",
            "UCRED_",
            "F_GETPIPE_SZ",
            "SPLICE_",
            "TCP_INFO_");

    /** What macOS calls otherwise. */
    private static final Map<String, String> MACOS =
            Map.of("SO_LINGER", "SO_LINGER_SEC", "TCP_KEEPIDLE", "TCP_KEEPALIVE");

    @TempDir
    Path folder;

    @Test
    void macos() throws Exception {
        Map<String, Long> ours = ours("Mac OS X", "14.5");
        // Flags of our own, which WithFlags takes away again.
        assertEquals(0x20000000, ours.remove("SOCK_NONBLOCK"));
        assertEquals(0x10000000, ours.remove("SOCK_CLOEXEC"));
        // FreeBSD's, here by a call of its own.
        assertEquals(Layout.ABSENT, ours.remove("XUCRED_PID"));
        assertDeclared(headers("macos.h", "", ours, MACOS), ours);
        assertEquals(32, ours.get("KEVENT_SIZE"));
    }

    @Test
    void freebsd() throws Exception {
        for (String release : List.of("12.0-RELEASE", "14.1-RELEASE-p5", "15.0-CURRENT")) {
            Map<String, Long> ours = ours("FreeBSD", release);
            assertDeclared(headers("freebsd.h", "#define FREEBSD 12\n", ours, Map.of()), ours);
            assertEquals(64, ours.get("KEVENT_SIZE"));
        }
    }

    @Test
    void freebsdBeforeTwelve() throws Exception {
        Map<String, Long> ours = ours("FreeBSD", "11.4-STABLE");
        assertDeclared(headers("freebsd.h", "#define FREEBSD 11\n", ours, Map.of()), ours);
        assertEquals(32, ours.get("KEVENT_SIZE"));
    }

    @Test
    void aReleaseThatCannotBeReadIsANewOne() {
        assertEquals(KeventLayout.FREEBSD_12, KeventLayout.ofFreeBsd(""));
        assertEquals(KeventLayout.FREEBSD_12, KeventLayout.ofFreeBsd("99999999999"));
        assertEquals(KeventLayout.FREEBSD_11, KeventLayout.ofFreeBsd("9.3"));
    }

    /** Only what differs is worth reading. */
    private static void assertDeclared(Map<String, Long> headers, Map<String, Long> ours) {
        Map<String, Long> wrong = new TreeMap<>(ours);
        wrong.entrySet().removeAll(headers.entrySet());
        Map<String, Long> right = new TreeMap<>(headers);
        right.keySet().retainAll(wrong.keySet());
        assertEquals(right, wrong);
    }

    /** What a JVM there has. */
    private static Map<String, Long> ours(String system, String release) throws Exception {
        Run run =
                new Jvm().with("-Dos.name=" + system, "-Dos.version=" + release).run(ShowNumbers.class);
        assertEquals(0, run.status(), run.output());
        Map<String, Long> numbers = new TreeMap<>();
        for (String line : run.output().lines().toList()) {
            String name = line.substring(0, line.indexOf('='));
            if (LINUX_ONLY.stream().noneMatch(name::startsWith)) {
                numbers.put(name, Long.parseLong(line.substring(line.indexOf('=') + 1)));
            }
        }
        assertTrue(numbers.size() > 150, "fields are missed: " + numbers.size());
        return numbers;
    }

    /** What the headers say of these names; of a name that they don't have, what Gyre says of it. */
    private Map<String, Long> headers(
            String file, String before, Map<String, Long> names, Map<String, String> otherNames) throws Exception {
        Map<String, String> expressions = new TreeMap<>();
        StringBuilder headers = new StringBuilder(before).append(read(file));
        for (String name : names.keySet()) {
            String expression = LayoutTest.expression(otherNames.getOrDefault(name, name));
            if (expression.matches("\\w+")) {
                // A flag that does not exist is 0, anything else is absent.
                String missing = name.startsWith("MSG_") ? "0" : "" + Layout.ABSENT;
                headers.append("#ifndef %1$s\n#define %1$s %2$s\n#endif\n".formatted(expression, missing));
            }
            expressions.put(name, expression);
        }
        return new TreeMap<>(CProgram.integers(folder, headers.toString(), expressions));
    }

    private static String read(String file) throws Exception {
        try (InputStream in = Objects.requireNonNull(OtherSystemsTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
