package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.sys.Backends;
import java.io.IOException;

/**
 * The parking stress: a thread that wakes a loop, each time after the loop has answered the last wake, so that it is about to
 * sleep again just then. A round is one wake and its answer. A round without an answer for five seconds is a lost wake-up.
 * There is one waker: another one's ring would hide the loss.
 *
 * <p>{@code Parking [--backend NAME] [--minutes N] [--rounds N] [--seed N]} prints one line, and exits with 1 if a wake-up
 * was lost. The seed decides how long the waker dawdles before each round, and which rounds spawn instead of wake.
 */
public final class Parking {
    private Parking() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String backend = "auto";
        long rounds = Long.MAX_VALUE;
        double minutes = 1;
        long seed = System.nanoTime();
        for (int i = 0; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--backend" -> backend = value;
                case "--rounds" -> {
                    rounds = Long.parseLong(value);
                    minutes = 60 * 24;
                }
                case "--minutes" -> minutes = Double.parseDouble(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        System.exit(stress(new Counted(Backends.choose(backend)), rounds, minutes, seed) ? 0 : 1);
    }

    /** Whether no wake-up was lost. */
    private static boolean stress(Counted backend, long rounds, double minutes, long seed)
            throws IOException, InterruptedException {
        Core core = Core.builder().backend(backend).open();
        Thread loop = new Thread(() -> run(core, task -> Poll.pending()), "loop");
        loop.setDaemon(true);
        loop.start();
        long begin = System.nanoTime();
        Waker waker = new Waker(core.handle(), seed, rounds, begin + (long) (minutes * 60e9));
        waker.start();
        waker.join();
        System.out.printf(
                "parking: %s, %d lost wake-ups in %,d rounds on %s: %,d sleeps, %,d rings, %.0f s, seed %d%n",
                waker.lost == 0 ? "passed" : "FAILED",
                waker.lost,
                waker.rounds,
                backend.name(),
                backend.sleeps,
                backend.rings.get(),
                (System.nanoTime() - begin) / 1e9,
                seed);
        return waker.lost == 0 && waker.rounds > 0;
    }

    private static void run(Core core, Future<Void> forever) {
        try {
            core.run(forever);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
