package gyre.soak;

import gyre.future.Futures;
import gyre.reactor.Handle;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * So many connections that say nothing, held on one loop: {@code IdleMain BACKEND COUNT}. Each answers, all rest for ten
 * seconds, each answers again, all are closed. Prints what one costs in one line, and exits with 1 if one did not answer, or
 * something is left. The clients are in a process of their own, since each has its own bound on descriptors.
 */
public final class IdleMain {
    private static final int REST_SECONDS = 10;
    private static final long SLACK = 16L << 20; // what a loop that had so many once keeps: a thousand bytes for each

    private IdleMain() {}

    public static void main(String[] args) throws Exception {
        String backend = args[0];
        int count = Integer.parseInt(args[1]);
        Verdict.say("idle", backend + ", " + count + " connections", () -> run(backend, count));
    }

    private static String run(String backend, int count) throws IOException, InterruptedException, Violation {
        Path folder = Files.createTempDirectory("idle");
        LoopThread loop = new LoopThread(backend);
        Handle handle = loop.handle();
        int port = Wait.forValue(handle.spawnFn(pinned ->
                Futures.ready(new Server(pinned, folder, Sabotage.NONE).tcp().getPort())));
        new Churn(new Peer(new InetSocketAddress("127.0.0.1", port))).once(new Random(1));
        Process clients = clients(port, count);
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(clients.getInputStream(), StandardCharsets.US_ASCII));
        Census start = Census.afterCollection(handle);
        long residentBefore = resident();

        order(clients, answers, "open");
        order(clients, answers, "echo");
        Census held = Census.afterCollection(handle);
        if (held.tasks() != start.tasks() + count) {
            throw new Violation(held.tasks() + " tasks, at the start " + start.tasks());
        }
        long resident = resident() - residentBefore;
        long cpu = loop.cpuNanos();
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        cpu = loop.cpuNanos() - cpu;
        order(clients, answers, "echo");
        order(clients, answers, "close");
        clients.getOutputStream().close();
        Census end = Census.settled(handle, start, SLACK);
        loop.close();
        Files.delete(folder);
        return ("a connection has %,d bytes of heap, %,d off-heap, %,d resident; %,d ns of CPU in %d s of rest;"
                        + " at the start %s; in the end %s")
                .formatted(
                        (held.heap() - start.heap()) / count,
                        (held.offHeap() - start.offHeap()) / count,
                        resident / count,
                        cpu,
                        REST_SECONDS,
                        start.text(),
                        end.text());
    }

    private static Process clients(int port, int count) throws IOException {
        return new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleClients.class.getName(),
                        "" + port,
                        "" + count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void order(Process clients, BufferedReader answers, String what) throws IOException, Violation {
        clients.getOutputStream().write((what + "\n").getBytes(StandardCharsets.US_ASCII));
        clients.getOutputStream().flush();
        if (!"done".equals(answers.readLine())) {
            throw new Violation("the clients could not " + what + " all; what they say is above");
        }
    }

    private static long resident() throws IOException {
        String statm = Files.readString(Path.of("/proc/self/statm"));
        return Long.parseLong(statm.split(" ")[1]) * 4096;
    }
}
