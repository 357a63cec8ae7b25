package gyre.report.wake;

import gyre.future.Poll;
import gyre.reactor.Core;
import gyre.reactor.CoreBuilder;
import gyre.report.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The process in which threads are woken: {@code WakeMain CPU CPU}, those of the sleepers and of who wakes them, or −1. It
 * answers the name of each {@link Way} with {@code woken p50=NS p99=NS}, or {@code unavailable REASON}.
 *
 * <p>Where a thread runs is half of what is measured: on one CPU a hand-over takes a switch, on two the wake-up of a CPU that
 * sleeps, which costs ten times as much. So each side has its own, and the answer goes back without a wake-up.
 */
public final class WakeMain {
    private static final int COUNT = 500;
    private static final long REST = TimeUnit.MICROSECONDS.toNanos(50); // until the other thread sleeps again

    private final Arrival arrival = new Arrival();
    private final Map<Way, Sleeper> sleepers = new EnumMap<>(Way.class);
    private final Map<Way, String> missing = new EnumMap<>(Way.class);

    private WakeMain() {}

    public static void main(String[] args) throws IOException {
        WakeMain main = new WakeMain();
        bound(args[0], main::start); // a thread starts where the one that makes it is bound
        bound(args[1], main::serve);
        System.exit(0);
    }

    private void start() {
        for (Way way : Way.values()) {
            try {
                sleepers.put(way, Sleeper.start(way, arrival));
            } catch (IOException | LinkageError e) {
                missing.put(way, Unavailable.line(e));
            }
        }
    }

    private void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = in.readLine()) != null; ) {
            Way way = Way.of(line);
            Sleeper sleeper = sleepers.get(way);
            System.out.println(sleeper == null ? missing.get(way) : wake(sleeper));
        }
    }

    private String wake(Sleeper sleeper) throws IOException {
        long[] nanos = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            rest();
            arrival.clear();
            long start = System.nanoTime();
            sleeper.wake();
            nanos[i] = arrival.await(start) - start;
        }
        Arrays.sort(nanos);
        return "woken p50=" + nanos[COUNT / 2] + " p99=" + nanos[COUNT * 99 / 100];
    }

    private static void rest() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < REST) {
            Thread.onSpinWait();
        }
    }

    /** On a loop, since a loop can be bound. */
    private static void bound(String cpu, Step step) throws IOException {
        CoreBuilder builder = Core.builder();
        if (!cpu.equals("-1")) {
            builder.cpu(Integer.parseInt(cpu));
        }
        try (Core core = builder.open()) {
            core.run(task -> {
                step.run();
                return Poll.ready(null);
            });
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
