package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.sys.Backends;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The parking stress: threads that wake one loop, each after the loop has answered its last wake, so that it goes to sleep
 * again and again just as it is woken. A round is one wake and its answer. A round without an answer for five seconds is a
 * lost wake-up.
 *
 * <p>{@code Parking [--backend NAME] [--producers N] [--minutes N | --rounds N] [--seed N]} prints one line, and exits with 1 if a
 * wake-up was lost. The seed decides how long each producer dawdles before each round, and which rounds spawn instead of wake.
 */
public final class Parking {
    private Parking() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String backend = "auto";
        int producers = 2;
        long rounds = Long.MAX_VALUE;
        double minutes = Double.MAX_VALUE;
        long seed = System.nanoTime();
        for (int i = 0; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--backend" -> backend = value;
                case "--producers" -> producers = Integer.parseInt(value);
                case "--rounds" -> rounds = Long.parseLong(value);
                case "--minutes" -> minutes = Double.parseDouble(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if (rounds == Long.MAX_VALUE && minutes == Double.MAX_VALUE) {
            minutes = 1;
        }
        System.exit(stress(backend, producers, rounds, minutes, seed) ? 0 : 1);
    }

    /** Whether no wake-up was lost. */
    private static boolean stress(String backend, int count, long rounds, double minutes, long seed)
            throws IOException, InterruptedException {
        Counted counted = new Counted(Backends.choose(backend));
        Core core = Core.builder().backend(counted).open();
        Thread loop = new Thread(() -> run(core, task -> Poll.pending()), "loop");
        loop.setDaemon(true);
        loop.start();
        long begin = System.nanoTime();
        long end = minutes == Double.MAX_VALUE ? Long.MAX_VALUE : begin + (long) (minutes * 60e9);
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Producer> producers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Producer producer = new Producer(core.handle(), seeds.nextLong(), rounds / count, end);
            producers.add(producer);
            producer.start();
        }
        long done = 0;
        int lost = 0;
        for (Producer producer : producers) {
            producer.join();
            done += producer.rounds;
            lost += producer.lost ? 1 : 0;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "parking: %s, %d lost wake-ups in %,d rounds of %d producers on %s: %,d sleeps, %,d rings, %.0f s, seed %d%n",
                lost == 0 ? "passed" : "FAILED",
                lost,
                done,
                count,
                backend.equals("auto") ? core.backend() : backend,
                counted.sleeps,
                counted.rings.get(),
                seconds,
                seed);
        return lost == 0;
    }

    private static void run(Core core, Future<Void> forever) {
        try {
            core.run(forever);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
