package gyre.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * The kqueue that tests have on Linux: what {@code gyre.kqueue.library} names, else the emulation in {@code test/c}, which
 * gcc builds beside the test's classes when its text has changed.
 */
public final class KqueueLibrary {
    static final String PROPERTY = "gyre.kqueue.library";

    private KqueueLibrary() {}

    /** Sees to it that the property names a library. Without gcc it stays as it is, and the backend says that it can't be used. */
    public static synchronized void provide() {
        if (System.getProperty("os.name").equals("Linux") && System.getProperty(PROPERTY) == null) {
            Path library = emulation("");
            if (library != null) {
                System.setProperty(PROPERTY, library.toString());
            }
        }
    }

    /** The emulation as this macro, if any, makes it; null where there is no gcc. */
    public static Path emulation(String macro) {
        try {
            Path library = library(macro);
            return Files.exists(library) || build(library, macro) ? library : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while gcc was running", e);
        }
    }

    private static Path source() {
        Path inModule = Path.of("test/c/kqueue.c");
        return Files.exists(inModule) ? inModule : Path.of("src").resolve(inModule);
    }

    private static Path library(String macro) throws IOException {
        CRC32 text = new CRC32();
        text.update(Files.readAllBytes(source()));
        text.update(macro.getBytes(StandardCharsets.UTF_8));
        try {
            Path classes = Path.of(KqueueLibrary.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling("libkqueue-%08x.so".formatted(text.getValue()))
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new AssertionError("the classes of the tests lie in no folder", e);
        }
    }

    /** Under another name until it is whole, since others may be building it too. */
    private static boolean build(Path library, String macro) throws IOException, InterruptedException {
        Path unfinished = Files.createTempFile(library.getParent(), "libkqueue", ".so");
        ProcessBuilder gcc = new ProcessBuilder(
                "gcc",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-shared",
                "-fPIC",
                "-pthread",
                "-D" + (macro.isEmpty() ? "PLAIN" : macro),
                "-o",
                unfinished.toString(),
                source().toString());
        try {
            Process process = gcc.inheritIO().start();
            if (!process.waitFor(50, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("gcc does not compile " + source());
            }
            Files.move(unfinished, library, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            System.err.println("SKIPPED on kqueue: " + e.getMessage());
            return false;
        }
    }
}
