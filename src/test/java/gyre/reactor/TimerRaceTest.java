package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.TestLoop;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Behaviours 28 and 29: cancelling just as it fires, a million at once, and timers that set timers. */
@EveryBackend
class TimerRaceTest extends TestLoop {
    private static final int ROUNDS = 300;
    private static final int MANY = 1_000_000;

    TimerRaceTest(Backend backend) {
        super(backend, Duration.ofSeconds(30));
    }

    @Test
    void aTimerThatIsAbortedAsItFiresHasOneEnd() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> ends = new ArrayList<>();
            JoinHandle<Void> timer = handle.spawn(handle.sleep(Duration.ofMillis(1))
                    .onEnd(end -> ends.add(end.isCancelled() ? "cancelled" : "fired")));
            long at = System.nanoTime() + 900_000 + round * 1_000L;
            Thread aborting = new Thread(() -> {
                LockSupport.parkNanos(at - System.nanoTime() - 100_000);
                while (System.nanoTime() < at) {
                    Thread.onSpinWait();
                }
                timer.abort();
            });
            aborting.start();
            boolean value = run(timer.map(nothing -> true).recover(aborted -> false));
            aborting.join();
            settle();
            assertEquals(List.of(value ? "fired" : "cancelled"), ends);
        }
    }

    /** Its time has come and nobody has looked; or it has fired, and its task has not run. */
    @Test
    void aTimerThatIsDueWhenItIsAbortedHasOneEnd() throws Exception {
        for (int turns = 0; turns < 3; turns++) {
            List<String> ends = new ArrayList<>();
            JoinHandle<Void> timer = handle.spawn(handle.sleep(Duration.ofMillis(1))
                    .onEnd(end -> ends.add(end.isCancelled() ? "cancelled" : "fired")));
            core.turn(Duration.ZERO);
            Thread.sleep(5); // the loop's thread does something else
            for (int i = 0; i < turns; i++) {
                core.turn(Duration.ZERO);
            }
            timer.abort();
            boolean value = run(timer.map(nothing -> true).recover(aborted -> false));
            settle();
            assertEquals(turns > 0, value);
            assertEquals(List.of(value ? "fired" : "cancelled"), ends);
        }
    }

    @Test
    void aMillionThatAreCancelledLeaveNothing() throws Exception {
        List<Timeout> timers = new ArrayList<>(MANY);
        for (int i = 0; i < MANY; i++) {
            Timeout timer = Timeout.after(Duration.ofMillis(60_000L + i), handle);
            assertTrue(timer.poll(() -> {}).isPending());
            timers.add(timer);
        }
        timers.forEach(Timeout::cancel);
        WeakReference<Timeout> one = new WeakReference<>(timers.get(MANY / 2));
        timers.clear();
        for (int i = 0; i < 20 && one.get() != null; i++) {
            System.gc();
        }
        assertNull(one.get(), "a cancelled timer is kept");
    }

    @Test
    void aTimerThatFiresMaySetTheNext() throws Exception {
        int[] left = {10_000};
        run(gyre.future.Futures.lazy(() -> again(left)));
        assertEquals(0, left[0]);
    }

    private gyre.future.Future<Void> again(int[] left) {
        return --left[0] == 0
                ? gyre.future.Futures.done()
                : handle.sleep(Duration.ZERO).andThen(v -> again(left));
    }
}
