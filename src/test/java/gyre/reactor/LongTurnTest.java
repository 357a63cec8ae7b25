package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.SpyBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A turn of many tasks: what is ready early in it does not stand behind what is woken late in it. */
@EveryBackend
class LongTurnTest extends Turning {
    private static final int TASKS = 200;
    private static final int EVERY = 61;

    private final SpyBackend spy;
    private final List<String> order = new ArrayList<>();

    LongTurnTest(Backend backend) {
        super(new SpyBackend(backend));
        spy = (SpyBackend) super.backend;
    }

    @Test
    void theSelectorIsLookedAtInBetweenWhereThatTellsNothingTwice() throws Exception {
        for (int i = 0; i < TASKS; i++) {
            handle.spawn(Futures.done());
        }
        long before = spy.looks.get();
        core.turn(Duration.ZERO);
        long between = backend.name().equals("nio") ? 0 : TASKS / EVERY;
        assertEquals(1 + between, spy.looks.get() - before);
        assertEquals(0, spy.sleeps.get());
    }

    @Test
    void aTimerThatIsDueEarlyGoesBeforeWhatIsWokenLate() throws Exception {
        handle.spawn(handle.sleep(Duration.ofMillis(1)).map(over -> order.add("timer")));
        core.turn(Duration.ZERO);
        for (int i = 0; i < TASKS; i++) {
            handle.spawn(inTwoPolls(i));
        }
        core.turn(Duration.ZERO);
        core.turn(Duration.ZERO);
        assertEquals(TASKS + 1, order.size());
        assertTrue(order.indexOf("timer") < order.indexOf("task " + EVERY), "behind all tasks");
    }

    /** The first of these takes longer than the timer. */
    private Future<Void> inTwoPolls(int number) {
        boolean[] polled = {false};
        return Futures.pollFn(task -> {
            if (polled[0]) {
                order.add("task " + number);
                return Poll.done();
            }
            polled[0] = true;
            for (long start = System.nanoTime(); number == 0 && System.nanoTime() - start < 2_000_000; ) {
                Thread.onSpinWait();
            }
            task.wake();
            return Poll.pending();
        });
    }
}
