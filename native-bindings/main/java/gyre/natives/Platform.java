package gyre.natives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which system this is, and whether native calls can be made. Safe to load anywhere, JNA or not: what could fail is
 * tried inside {@link #unusable}.
 */
public final class Platform {
    /** Whether this is Linux. */
    public static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

    /** Whether this is macOS. */
    public static final boolean MACOS = System.getProperty("os.name", "").equals("Mac OS X");

    /** Whether this is FreeBSD. */
    public static final boolean FREEBSD = System.getProperty("os.name", "").equals("FreeBSD");

    /** Whether the CPU is a 64-bit x86. */
    public static final boolean X86_64 = isOneOf(System.getProperty("os.arch", ""), "amd64", "x86_64", "x86-64");

    /** Whether the CPU is a 64-bit Arm. */
    public static final boolean AARCH64 = isOneOf(System.getProperty("os.arch", ""), "aarch64", "arm64");

    private static final Path MAPS = Path.of("/proc/self/maps");

    private Platform() {}

    /**
     * Why native calls can't be made here. The first call tries: it loads JNA and binds everything; the answer is kept.
     *
     * @return one sentence, or null if they can
     */
    public static @Nullable String unusable() {
        return Answer.REASON;
    }

    /** The sentence for a C library that JNA's own library must not be loaded into, or null. */
    static @Nullable String foreignLibc(String maps) {
        // Alpine's two names, and the folder of distributions that have both libraries.
        return maps.contains("/ld-musl-") || maps.contains("/libc.musl-") || maps.contains("-linux-musl/libc.so")
                ? "the C library is musl, and JNA's library is built for glibc"
                : null;
    }

    /** The sentence for what loading threw. */
    static String explain(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        if (root instanceof NoClassDefFoundError || root instanceof ClassNotFoundException) {
            return "JNA is not on the class path or module path (" + text.replace('/', '.') + " is missing)";
        }
        if (root.getClass().getSimpleName().equals("IllegalCallerException")) {
            return "the JVM refuses native access: start it with --enable-native-access=com.sun.jna (ALL-UNNAMED on the"
                    + " class path)";
        }
        if (root instanceof UnsatisfiedLinkError && text.startsWith("Error looking up function")) {
            return "the C library lacks what Gyre calls: " + text;
        }
        if (root instanceof UnsatisfiedLinkError) {
            return "JNA's library can't be loaded: " + text
                    + "; -Djna.tmpdir can name a folder that may be written and is not mounted noexec";
        }
        return "loading JNA failed: " + root.getClass().getName() + ": " + text;
    }

    private static boolean isOneOf(String name, String... names) {
        for (String each : names) {
            if (each.equals(name.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** Asked once: a class that failed to load says why only the first time. */
    private static final class Answer {
        static final @Nullable String REASON = find();

        private static @Nullable String find() {
            if (!(LINUX || MACOS || FREEBSD) || !(X86_64 || AARCH64)) {
                return "native calls need Linux, macOS or FreeBSD on x86-64 or aarch64, and this is "
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch");
            }
            if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
                return "native calls are not supported in a GraalVM native image";
            }
            try {
                String reason = LINUX ? foreignLibc(Files.readString(MAPS, StandardCharsets.ISO_8859_1)) : null;
                return reason != null ? reason : tryNatives();
            } catch (IOException e) {
                return "which C library this is can't be found out: " + e;
            }
        }

        @SuppressWarnings("CatchingUnchecked") // whatever loading does, the fallback must still be reached
        private static @Nullable String tryNatives() {
            try {
                Libc.pageSize();
                JnaCalls.load();
                return Provider.CHOSEN.unusable();
            } catch (Throwable e) {
                return explain(e);
            }
        }
    }
}
