package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Outcome;
import gyre.future.Poll;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryBackend
class TaskGroupTest extends Turning {
    private static final Duration LONG = Duration.ofHours(1);
    private TaskGroup group;

    TaskGroupTest(Backend backend) {
        super(backend);
    }

    @BeforeEach
    void group() {
        group = new TaskGroup(handle);
    }

    @Test
    void countsWhatHasNotEnded() throws Exception {
        assertEquals(0, group.size());
        group.spawn(Futures.done());
        group.spawn(Futures.never()).abort();
        group.spawn(Futures.never());
        assertEquals(3, group.size());
        settle();
        assertEquals(1, group.size());
    }

    @Test
    void anEmptyGroupIsDrainedAtOnce() throws Exception {
        Drained drained = run(group.drain(LONG));
        assertTrue(drained.isComplete());
        assertEquals(0, drained.finished());
    }

    @Test
    void waitsForThoseThatFinish() throws Exception {
        group.spawn(Futures.done());
        settle(); // before draining begins: not in the report
        Duration first = Duration.ofMillis(10);
        Duration last = Duration.ofMillis(40);
        group.spawn(handle.sleep(first));
        group.spawn(handle.sleep(last));
        Drained drained = run(group.drain(LONG));
        assertEquals(2, drained.finished());
        assertEquals(0, drained.cut());
        assertTrue(drained.took().compareTo(last.minus(first)) >= 0, drained.toString());
    }

    @Test
    void aFailureIsAnEndToo() throws Exception {
        group.spawn(Futures.failed(new IOException("lost")));
        assertEquals(1, run(group.drain(LONG)).finished());
        assertEquals(1, uncaught.size());
        uncaught.clear();
    }

    @Test
    void cutsAtTheDeadlineAndReportsIt() throws Exception {
        List<String> ended = new ArrayList<>();
        var stuck = group.spawn(Futures.never().onEnd(outcome -> ended.add(outcome.isCancelled() ? "cut" : "?")));
        group.spawn(Futures.done());
        Duration grace = Duration.ofMillis(30);
        Drained drained = run(group.drain(grace));
        assertEquals(List.of("cut"), ended, "what it held is closed before the report");
        assertEquals(1, drained.finished());
        assertEquals(1, drained.cut());
        assertFalse(drained.isComplete());
        assertTrue(drained.took().compareTo(grace) >= 0, drained.toString());
        assertThrows(CancellationException.class, () -> run(stuck));
    }

    @Test
    void tasksLearnThatItBegan() throws Exception {
        for (int i = 0; i < 100; i++) {
            group.spawn(group.draining());
        }
        var outsider = handle.spawn(group.draining());
        settle();
        assertEquals(100, group.size());
        assertFalse(outsider.isDone());
        Drained drained = run(group.drain(LONG));
        assertEquals(100, drained.finished());
        run(outsider);
        run(group.draining()); // late
    }

    @Test
    void whoDoesNotWaitForTheBeginningAnyMoreIsNotKept() throws Exception {
        for (int i = 0; i < 10; i++) {
            Future<Void> notice = group.draining();
            assertTrue(notice.poll(() -> {
                        throw new AssertionError("woken");
                    })
                    .isPending());
            notice.cancel();
        }
        assertTrue(run(group.drain(LONG)).isComplete());
    }

    @Test
    void aShorterGraceCuts() throws Exception {
        group.spawn(Futures.never());
        var first = handle.spawn(group.drain(LONG));
        settle();
        assertFalse(first.isDone());
        Future<Drained> second = group.drain(Duration.ZERO);
        assertEquals(1, run(second).cut());
        assertSame(run(first), run(group.drain(LONG)), "one report for all");
    }

    @Test
    void aSecondSignalCuts() throws Exception {
        try (Signals signals = Signals.of("WINCH")) {
            group.spawn(Futures.never());
            Future<Drained> graceful = signals.intoFuture().andThen(first -> {
                handle.spawn(signals.intoFuture().andThen(second -> group.drain(Duration.ZERO)));
                return group.drain(LONG);
            });
            var draining = handle.spawn(graceful);
            signals.arrived("WINCH");
            settle();
            assertTrue(group.isDraining());
            assertFalse(draining.isDone());
            signals.arrived("WINCH");
            assertEquals(1, run(draining).cut());
        }
    }

    @Test
    void theDeadlineComesWhetherOrNotAnybodyWaits() throws Exception {
        var stuck = group.spawn(Futures.never());
        group.drain(Duration.ofMillis(10)).cancel();
        assertThrows(CancellationException.class, () -> run(stuck));
        assertEquals(0, group.size());
    }

    @Test
    void whatIsServedMaySpawnWhileItDrains() throws Exception {
        List<String> done = new ArrayList<>();
        group.spawn(group.draining()
                .map(begun -> group.spawn(handle.sleep(Duration.ofMillis(5)).inspect(slept -> done.add("child")))));
        settle();
        assertEquals(2, run(group.drain(LONG)).finished());
        assertEquals(List.of("child"), done);
    }

    @Test
    void whatIsSpawnedAfterTheEndIsCancelledUnpolled() throws Exception {
        run(group.drain(LONG));
        List<Outcome<Void>> ended = new ArrayList<>();
        Future<Void> late = task -> {
            throw new AssertionError("polled");
        };
        var spawned = group.spawn(late.onEnd(ended::add));
        assertThrows(CancellationException.class, () -> run(spawned));
        assertTrue(ended.get(0).isCancelled());
        assertEquals(0, run(group.drain(LONG)).cut());
    }

    /** Cancelling one may spawn another: it doesn't escape. */
    @Test
    void whatIsSpawnedWhileItIsCutIsCutToo() throws Exception {
        group.spawn(Futures.never().onEnd(outcome -> group.spawn(Futures.never())));
        assertEquals(2, run(group.drain(Duration.ZERO)).cut());
    }

    @Test
    void aCancelThatThrowsHoldsNothingUp() throws Exception {
        group.spawn(Futures.never().onEnd(outcome -> {
            throw new IllegalStateException("at the end");
        }));
        assertEquals(1, run(group.drain(Duration.ZERO)).cut());
        assertEquals(1, uncaught.size());
        uncaught.clear();
    }

    @Test
    void closingTheCoreEndsIt() throws Exception {
        var stuck = group.spawn(Futures.never());
        var draining = handle.spawn(group.drain(LONG));
        settle();
        core.close();
        for (var each : List.of(stuck, draining)) {
            assertThrows(LoopClosedException.class, () -> each.poll(() -> {}));
        }
    }

    @Test
    void misuseIsNamed() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> group.drain(Duration.ofMillis(-1)));
        assertFalse(group.isDraining());
        assertThrows(NullPointerException.class, () -> group.spawn(null));
        CompletableFuture.runAsync(() -> {
                    assertThrows(IllegalStateException.class, () -> group.spawn(Futures.done()));
                    assertThrows(IllegalStateException.class, () -> group.drain(LONG));
                    assertThrows(IllegalStateException.class, () -> group.size());
                })
                .get();
        Future<Void> brokenPromise = task -> null;
        group.spawn(brokenPromise);
        assertEquals(1, run(group.drain(Duration.ofSeconds(Long.MAX_VALUE))).finished());
        assertTrue(uncaught.get(0) instanceof NullPointerException);
        uncaught.clear();
        assertEquals(Poll.done(), group.draining().poll(() -> {}));
    }
}
