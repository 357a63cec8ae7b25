package gyre.testing;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A program of the tests in a JVM of its own, on the class path of this one. It speaks line by line. */
public final class ChildJvm implements Closeable {
    /** How a {@code ServiceLoader} finds {@link ErraticBackend}: not in this JVM, where the tests are in the engine's module. */
    private static final String ERRATIC = "erratic/META-INF/services/gyre.sys.Backend";

    private static final long PATIENCE_SECONDS = 50; // less than the timeout of a test

    private final Process process;
    private final Path errors;

    /** Its lines, and nothing once at their end. */
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        Thread reader = new Thread(() -> read(process.getInputStream()), "output of a program");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream output) {
        try {
            new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(line -> lines.add(Optional.of(line)));
        } catch (UncheckedIOException e) {
            return; // this was closed meanwhile
        } finally {
            lines.add(Optional.empty());
        }
    }

    /** Starts a command, of which {@link #command} makes the part that is Java. */
    public static ChildJvm start(List<String> command) throws IOException {
        Path errors = Files.createTempFile("gyre", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // The JVM prints a line for each of them that it picks up.
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").forEach(builder.environment()::remove);
        return new ChildJvm(builder.start(), errors);
    }

    /** The words that start a main class. */
    public static List<String> command(
            List<String> classPath, List<String> jvmArguments, Class<?> main, String... args) {
        List<String> words = new ArrayList<>();
        words.add(System.getProperty("java.home") + "/bin/java");
        words.add("-XX:TieredStopAtLevel=1"); // short lives
        words.add("-Xshare:auto");
        String kqueue = System.getProperty(KqueueLibrary.PROPERTY);
        if (kqueue != null) {
            words.add("-D" + KqueueLibrary.PROPERTY + "=" + kqueue);
        }
        words.add("-cp");
        words.add(String.join(File.pathSeparator, classPath));
        words.addAll(jvmArguments);
        words.add(main.getName());
        words.addAll(List.of(args));
        return words;
    }

    /** The engine, its bindings and the tests. */
    public static List<String> classPath() {
        List<String> path = withoutJna();
        path.add(place("com/sun/jna/Native.class"));
        return path;
    }

    public static List<String> withoutJna() {
        List<String> path = new ArrayList<>();
        for (String type : List.of(
                "gyre/reactor/Core.class",
                "META-INF/services/gyre.sys.Backend",
                "gyre/natives/Libc.class",
                "gyre/testing/ChildJvm.class")) {
            String place = place(type);
            if (!path.contains(place)) {
                path.add(place);
            }
        }
        path.add(Path.of(place(ERRATIC), "erratic").toString());
        return path;
    }

    /**
     * The same, its folders packed as jars in this folder: a JVM opens a jar once, and a file for each class that is in none.
     */
    public static List<String> packed(List<String> classPath, Path into) throws IOException {
        List<String> path = new ArrayList<>();
        for (String each : classPath) {
            Path jar = into.resolve(path.size() + ".jar");
            path.add(Files.isDirectory(Path.of(each)) ? pack(Path.of(each), jar) : each);
        }
        return path;
    }

    private static String pack(Path folder, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    /** The folder or jar that holds a resource. */
    private static String place(String resource) {
        URL url = ChildJvm.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new AssertionError(resource + " is not on the class path");
        }
        String text = url.toString();
        int jar = text.indexOf("!/");
        String place =
                jar < 0 ? text.substring(0, text.length() - resource.length()) : text.substring("jar:".length(), jar);
        try {
            return Path.of(new java.net.URI(place)).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(place, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** The next line; fails, with what went to standard error, if there is none, or none comes. */
    public String line() throws IOException {
        try {
            Optional<String> line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("the program says nothing: " + errors());
            }
            if (line.isEmpty()) {
                throw new AssertionError("the program has ended: " + errors());
            }
            return line.get();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted, and the program says nothing: " + errors(), e);
        }
    }

    /** The rest of a line that begins so; others are skipped. */
    public String line(String start) throws IOException {
        String line;
        do {
            line = line();
        } while (!line.startsWith(start));
        return line.substring(start.length());
    }

    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Asks it to end by SIGTERM; what it says can still be read. */
    public void terminate() {
        if (!process.toHandle().destroy()) {
            throw new AssertionError("SIGTERM can't be sent to " + pid());
        }
    }

    /** Its exit status, once it has ended. */
    public int await() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end: " + errors());
        }
        return process.exitValue();
    }

    /** What it has written to standard error. */
    public String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
