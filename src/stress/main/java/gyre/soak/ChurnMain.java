package gyre.soak;

import gyre.future.Futures;
import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * So many connections, each opened, answered and closed: {@code ChurnMain BACKEND CYCLES SEED}. Then the process holds what it
 * held at the start. Prints one line, and exits with 1 if it does not.
 */
public final class ChurnMain {
    private static final int CLIENTS = 4;
    private static final int WARM_UP = 2_000; // what the JVM opens and compiles once
    private static final long SLACK = 4L << 20;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private ChurnMain() {}

    public static void main(String[] args) throws Exception {
        String backend = args[0];
        long cycles = Long.parseLong(args[1]);
        long seed = Long.parseLong(args[2]);
        Verdict.say("churn", backend + ", " + cycles + " cycles, seed " + seed, () -> run(backend, cycles, seed));
    }

    private static String run(String backend, long cycles, long seed)
            throws IOException, InterruptedException, Violation {
        Path folder = Files.createTempDirectory("churn");
        LoopThread loop = new LoopThread(backend);
        Handle handle = loop.handle();
        InetSocketAddress address =
                Wait.forValue(handle.spawnFn(pinned -> Futures.ready(new Server(pinned, folder, Sabotage.NONE).tcp())));
        churn(loop, address, WARM_UP, 0);
        Census start = Census.afterCollection(handle);
        long begin = System.nanoTime();
        churn(loop, address, cycles, seed);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        Census end = Census.settled(handle, start, SLACK);
        loop.close();
        Files.delete(folder);
        return seconds + " s; at the start " + start.text() + "; in the end " + end.text();
    }

    private static void churn(LoopThread loop, InetSocketAddress address, long cycles, long seed)
            throws IOException, InterruptedException, Violation {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            workers.add(new Worker("churn " + i, new Churn(new Peer(address)), seed + i));
        }
        workers.forEach(Worker::start);
        for (int tenths = 0; count(workers) < cycles; tenths++) {
            TimeUnit.MILLISECONDS.sleep(100);
            for (Worker worker : workers) {
                worker.check(PATIENCE);
            }
            loop.check();
            if (tenths % 100 == 99) {
                System.err.printf("%,d of %,d cycles%n", count(workers), cycles);
            }
        }
        for (Worker worker : workers) {
            worker.stop(PATIENCE);
        }
    }

    private static long count(List<Worker> workers) {
        return workers.stream().mapToLong(Worker::count).sum();
    }
}
