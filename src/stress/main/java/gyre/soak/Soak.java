package gyre.soak;

import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Everything at once, for as long as wanted: {@code Soak BACKEND SECONDS SEED [SABOTAGE]}. Each second it looks whether every
 * activity goes on, nothing wrong was seen, the loop answers, and nothing grows beyond its bound; in the end, whether all is as
 * at the start. Prints one line, and exits with 1 if anything was not.
 */
public final class Soak {
    /** How long anything may stand still. */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** Connections, tasks and buffers of all clients together, and as many that are about to end. */
    private static final int MOST = 600;

    private static final long SLACK = 64L << 20; // buffers that the pool keeps idle, and code that was compiled

    private final LoopThread loop;
    private final LoopThread other;
    private final Path folder = Files.createTempDirectory("soak");
    private final Map<String, List<Worker>> activities = new LinkedHashMap<>();
    private final long seed;
    private int workers;
    private long slowest;
    private Census most;

    private Soak(String backend, long seed, Sabotage sabotage) throws IOException, InterruptedException, Violation {
        this.seed = seed;
        loop = new LoopThread(backend);
        other = new LoopThread(backend);
        Handle handle = loop.handle();
        SocketAddress[] at = Wait.forValue(handle.spawnFn(pinned -> {
            Server server = new Server(pinned, folder, sabotage);
            sabotage.start(pinned);
            return gyre.future.Futures.ready(new SocketAddress[] {server.tcp(), server.unix(), server.udp()});
        }));
        Peer tcp = new Peer(at[0]);
        Peer unix = new Peer(at[1]);
        add("echo", new Echo(tcp), new Echo(tcp), new Echo(unix));
        add("churn", new Churn(tcp), new Churn(unix));
        add("half-close", new HalfClose(tcp), new HalfClose(unix));
        add("reset", new Reset(tcp));
        add("slow-reader", new SlowReader(tcp), new SlowReader(tcp), new SlowReader(unix));
        InetSocketAddress udp = (InetSocketAddress) at[2];
        add("flood", new Flood(udp), new Flood(udp));
        add("timers", new Timers(handle));
        add("spawns", new Spawns(handle));
        add("channels", new Channels(handle, other.handle()), new Channels(other.handle(), handle));
        most = Census.afterCollection(handle);
    }

    private void add(String name, Activity... each) {
        List<Worker> made = new ArrayList<>();
        for (Activity activity : each) {
            made.add(new Worker(name + " " + (made.size() + 1), activity, seed + workers++));
        }
        activities.put(name, made);
    }

    public static void main(String[] args) throws Exception {
        String backend = args[0];
        int seconds = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        Sabotage sabotage = args.length < 4 ? Sabotage.NONE : Sabotage.of(args[3]);
        Verdict.say("soak", backend + ", " + seconds + " s, seed " + seed, () -> {
            Soak soak = new Soak(backend, seed, sabotage);
            String found = soak.run(seconds);
            soak.close();
            return found;
        });
    }

    private String run(int seconds) throws IOException, InterruptedException, Violation {
        Census start = most;
        all().forEach(Worker::start);
        for (int second = 1; second <= seconds; second++) {
            TimeUnit.SECONDS.sleep(1);
            Census now = look();
            now.checkAtMost(start, MOST);
            most = most.orMore(now);
            if (second % 10 == 0 || second == seconds) {
                System.err.println("[" + second + " of " + seconds + " s] " + counts() + "; " + now.text());
            }
        }
        for (Worker worker : all()) {
            worker.stop(PATIENCE);
        }
        Census end = Census.settled(loop.handle(), start, SLACK);
        return counts() + "; the loop answered within " + TimeUnit.NANOSECONDS.toMillis(slowest) + " ms; at the start "
                + start.text() + "; at most " + most.text() + "; in the end " + end.text();
    }

    private Census look() throws IOException, InterruptedException, Violation {
        for (Worker worker : all()) {
            worker.check(PATIENCE);
        }
        loop.check();
        other.check();
        long asked = System.nanoTime();
        Census now = Census.of(loop.handle());
        slowest = Math.max(slowest, System.nanoTime() - asked);
        return now;
    }

    private List<Worker> all() {
        return activities.values().stream().flatMap(List::stream).toList();
    }

    private String counts() {
        List<String> texts = new ArrayList<>();
        activities.forEach((name, each) -> texts.add(
                "%,d %s".formatted(each.stream().mapToLong(Worker::count).sum(), name)));
        return String.join(", ", texts);
    }

    private void close() throws IOException {
        loop.close();
        other.close();
        Files.delete(folder);
    }
}
