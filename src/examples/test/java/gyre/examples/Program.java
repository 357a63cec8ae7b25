package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.sys.Backend;
import gyre.sys.Backends;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** An example in a JVM of its own, started as {@code scripts/run} starts it. Closing it expects a clean end at SIGTERM. */
final class Program implements AutoCloseable {
    private static final String LISTENING = "Listening on: ";
    private static final int PATIENCE = 50; // seconds, less than the timeout of a test

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> errors;

    private Program(ProcessBuilder builder, boolean readLines) throws IOException {
        // The JVM prints a line for each of them that it picks up.
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").forEach(builder.environment()::remove);
        process = builder.start();
        errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), Program::inThread);
        if (readLines) {
            inThread(() -> new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .forEach(lines::add));
        }
    }

    /** A server, once it says that it listens. */
    static Server serve(Class<?> example, String... arguments) throws Exception {
        Program program = new Program(new ProcessBuilder(command(List.of(), example, arguments)), true);
        return new Server(program, program.announced());
    }

    /** Whose output is left to the caller. */
    static Program start(Class<?> example, String... arguments) throws IOException {
        return new Program(new ProcessBuilder(command(List.of(), example, arguments)), false);
    }

    /** A command line around an example's. */
    static Program run(List<String> command) throws IOException {
        return new Program(new ProcessBuilder(command), true);
    }

    static List<String> command(List<String> jvm, Class<?> example, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath(), example.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** What this JVM has, whether on the class path or on the module path. */
    static String classPath() {
        return System.getProperty("jdk.module.path", "")
                + File.pathSeparator
                + System.getProperty("java.class.path", "");
    }

    /** Names of the backends that work here; those that don't are named with the reason. */
    static List<String> backends() {
        List<String> usable = new ArrayList<>();
        for (Backend backend : Backends.all()) {
            String reason = backend.unavailable();
            if (reason == null) {
                usable.add(backend.name());
            } else {
                System.err.println("SKIPPED on " + backend.name() + ": " + reason);
            }
        }
        return usable;
    }

    /** All that {@code scripts/run} can start. Tests run in the folder of the module. */
    static List<Class<?>> examples() throws Exception {
        List<Class<?>> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("main/java/gyre/examples"))) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file) && Files.readString(file).contains("static void main(")) {
                    String name = file.getFileName().toString().replace(".java", "");
                    examples.add(Class.forName("gyre.examples." + name));
                }
            }
        }
        return examples;
    }

    /** Those that take an address first. */
    static List<Class<?>> withAddress() throws Exception {
        List<Class<?>> found = new ArrayList<>(examples());
        found.removeAll(List.of(UdpCodec.class, VirtualThreads.class));
        return found;
    }

    String announced() throws Exception {
        String line = line();
        assertEquals(LISTENING, line.substring(0, Math.min(line.length(), LISTENING.length())), line);
        return line.substring(LISTENING.length());
    }

    /** The next line of its standard output. */
    String line() throws Exception {
        for (int waited = 0; waited < PATIENCE; waited++) {
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line != null) {
                return line;
            }
            if (!process.isAlive() && lines.isEmpty()) {
                break;
            }
        }
        throw new AssertionError("no line; standard error has: " + (process.isAlive() ? "" : errors()));
    }

    long pid() {
        return process.pid();
    }

    InputStream output() {
        return process.getInputStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    void signal(String name) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                        .start()
                        .waitFor());
    }

    /** Waits for it to end; its exit status. */
    int status() {
        try {
            return process.onExit().get(PATIENCE, TimeUnit.SECONDS).exitValue();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new AssertionError("it has not ended", e);
        }
    }

    /** All of its standard error; waits for it to end. */
    String errors() {
        return errors.join();
    }

    @Override
    public void close() {
        try {
            process.toHandle().destroy(); // Process.destroy would close its standard error under us
            assertEquals(0, status(), () -> "status; standard error has: " + errors());
            assertEquals("", errors());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void inThread(Runnable action) {
        Thread thread = new Thread(action, "output of a program");
        thread.setDaemon(true);
        thread.start();
    }

    /** One that listens, at this address. */
    record Server(Program program, String address) implements AutoCloseable {
        int port() {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }

        /** A plain client of it. */
        Socket connect() throws IOException {
            Socket socket = new Socket("localhost", port());
            socket.setSoTimeout(PATIENCE * 1000);
            return socket;
        }

        String line() throws Exception {
            return program.line();
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
