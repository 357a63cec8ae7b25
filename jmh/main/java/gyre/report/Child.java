package gyre.report;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM that answers a line with a line. It ends when its input does, and so with this process. */
final class Child implements Closeable {
    /** The same for every process: a small heap, one thread that collects, compilers that stay, so that their time is counted. */
    private static final List<String> FLAGS = List.of(
            "-Xms128m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "--enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final Path errors;
    private final BufferedWriter out;
    private final BufferedReader in;

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        out = process.outputWriter(StandardCharsets.US_ASCII);
        in = process.inputReader(StandardCharsets.US_ASCII);
    }

    static Child start(List<String> prefix, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("gyre-bench", ".log");
        errors.toFile().deleteOnExit(); // after an interrupt
        return new Child(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    static List<String> flags() {
        List<String> flags = new ArrayList<>(FLAGS);
        if (Runtime.version().feature() >= 23) {
            flags.add("--sun-misc-unsafe-memory-access=allow"); // Netty's buffers are slow without it
        }
        return flags;
    }

    void say(String line) throws IOException {
        out.write(line);
        out.newLine();
        out.flush();
    }

    /** @throws IOException if the process has ended; the message has the last of what it said about it */
    String hear() throws IOException {
        String line = in.readLine();
        if (line == null) {
            List<String> said = Files.readAllLines(errors);
            throw new IOException("the process has ended" + (said.isEmpty() ? "" : ": " + said.get(said.size() - 1)));
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            process.destroy(); // it has gone already, or can't be told
        }
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(errors);
    }
}
