package gyre.soak;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.reactor.Handle;
import gyre.reactor.Pinned;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Many sleeps at once, of which none ends early, and some are cancelled. */
final class Timers implements Activity {
    private static final int SLEEPS = 100;
    private static final int LONGEST_NANOS = 20_000_000;

    private final Handle handle;

    Timers(Handle handle) {
        this.handle = handle;
    }

    @Override
    public void once(Random random) throws IOException, InterruptedException, Violation {
        long seed = random.nextLong();
        long early = Wait.forValue(handle.spawnFn(pinned -> sleeps(pinned, new Random(seed))));
        if (early > 0) {
            throw new Violation(early + " of " + SLEEPS + " sleeps were too short");
        }
    }

    private static Future<Long> sleeps(Pinned pinned, Random random) {
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < SLEEPS; i++) {
            long nanos = random.nextInt(LONGEST_NANOS);
            long start = pinned.nanoTime();
            Future<Void> sleep = pinned.handle().sleep(Duration.ofNanos(nanos));
            if (i % 4 == 0) { // one that is never waited for to its end
                sleep = sleep.race(pinned.handle().sleep(Duration.ofHours(1)));
            }
            all.add(sleep.map(done -> pinned.nanoTime() - start < nanos ? 1 : 0));
        }
        return Futures.joinAll(all)
                .map(results -> results.stream().mapToLong(Integer::longValue).sum());
    }
}
