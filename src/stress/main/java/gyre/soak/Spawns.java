package gyre.soak;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tasks from another thread: those that are left alone answer, those that are aborted are over. */
final class Spawns implements Activity {
    private static final int TASKS = 200;

    private final Handle handle;

    Spawns(Handle handle) {
        this.handle = handle;
    }

    @Override
    public void once(Random random) throws IOException, InterruptedException, Violation {
        List<JoinHandle<Integer>> tasks = new ArrayList<>();
        List<JoinHandle<Void>> endless = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            tasks.add(handle.spawn(Futures.yieldNow().map(done -> number)));
            if (random.nextInt(4) == 0) {
                endless.add(handle.spawn(always()));
            }
        }
        endless.forEach(JoinHandle::abort);
        for (int i = 0; i < TASKS; i++) {
            int answer = Wait.forValue(tasks.get(i));
            if (answer != i) {
                throw new Violation("task " + i + " answered " + answer);
            }
        }
        for (JoinHandle<Void> each : endless) {
            try {
                each.toCompletableFuture().join();
                throw new Violation("a task that was aborted went on to its end");
            } catch (java.util.concurrent.CancellationException | java.util.concurrent.CompletionException aborted) {
                continue;
            }
        }
    }

    /** Busy in every turn. */
    private static Future<Void> always() {
        return Futures.loopFn(0, i -> Futures.yieldNow().map(done -> gyre.future.Loop.again(i)));
    }
}
