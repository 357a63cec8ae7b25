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

/** A shared library from one file of {@code test/c}, and the header of its name if there is one, which gcc builds beside the test's classes when its text has changed. */
final class CLibrary {
    private static final int PATIENCE_SECONDS = 50;

    private CLibrary() {}

    /** The library as this macro, if any, makes it; null where there is no gcc. */
    static Path of(String name, String macro) {
        try {
            Path source = source(name);
            Path library = place(name, source, macro);
            return Files.exists(library) || build(source, library, macro) ? library : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while gcc was running", e);
        }
    }

    /** The same, plain, by a path for {@code LD_PRELOAD}, which splits at spaces and colons. */
    static Path preloaded(String name) {
        Path library = of(name, "");
        if (library == null || library.toString().matches("[^ :]*")) {
            return library;
        }
        try {
            Path folder = Files.createTempDirectory("gyre");
            folder.toFile().deleteOnExit();
            Path link = Files.createSymbolicLink(folder.resolve(library.getFileName()), library);
            link.toFile().deleteOnExit();
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path source(String name) {
        Path inModule = Path.of("test/c/" + name + ".c");
        return Files.exists(inModule) ? inModule : Path.of("src").resolve(inModule);
    }

    private static Path place(String name, Path source, String macro) throws IOException {
        CRC32 text = new CRC32();
        text.update(Files.readAllBytes(source));
        Path header = source.resolveSibling(name + ".h");
        if (Files.exists(header)) {
            text.update(Files.readAllBytes(header));
        }
        text.update(macro.getBytes(StandardCharsets.UTF_8));
        try {
            Path classes = Path.of(CLibrary.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling("lib%s-%08x.so".formatted(name, text.getValue()))
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new AssertionError("the classes of the tests lie in no folder", e);
        }
    }

    /** Under another name until it is whole, since others may be building it too. */
    private static boolean build(Path source, Path library, String macro) throws IOException, InterruptedException {
        Path unfinished = Files.createTempFile(library.getParent(), "lib", ".so");
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
                source.toString());
        try {
            Process process = gcc.inheritIO().start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("gcc does not compile " + source);
            }
            Files.move(unfinished, library, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            System.err.println("SKIPPED, " + source + " can't be built: " + e.getMessage());
            return false;
        }
    }
}
