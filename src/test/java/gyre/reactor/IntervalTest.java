package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryBackend
class IntervalTest {
    private final Backend backend;
    private Core core;
    private Handle handle;

    IntervalTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder().backend(backend).open();
        handle = core.handle();
    }

    @AfterEach
    void close() throws Exception {
        core.close();
    }

    @Test
    void single() throws Exception {
        long start = System.nanoTime();
        core.run(Interval.every(Duration.ofMillis(10), handle).take(1).collect());
        assertTrue(System.nanoTime() - start >= 10_000_000, "early");
    }

    @Test
    void twoTimes() throws Exception {
        long start = System.nanoTime();
        assertEquals(
                2,
                core.run(Interval.every(Duration.ofMillis(10), handle).take(2).collect())
                        .size());
        assertTrue(System.nanoTime() - start >= 20_000_000, "early");
    }

    @Test
    void theNextTickIsAPeriodLater() {
        assertEquals(11, MissedTick.SKIP.next(1, 2, 10));
        assertEquals(7877, MissedTick.SKIP.next(7777, 7788, 100));
        assertEquals(2101, MissedTick.SKIP.next(1, 1000, 2100));
    }

    @Test
    void missedTicksAreSkippedInPhase() {
        assertEquals(1001, MissedTick.SKIP.next(1, 1000, 10));
        assertEquals(8977, MissedTick.SKIP.next(7777, 8888, 100));
        assertEquals(10501, MissedTick.SKIP.next(1, 10000, 2100));
    }

    @Test
    void moreThanFourBillionTicksCanBeSkipped() {
        Interval late = Interval.at(-1L << 33, Duration.ofNanos(1), MissedTick.SKIP, handle);
        assertTrue(late.poll(() -> {}).isReady());
        assertTrue(late.poll(() -> {}).isReady(), "a nanosecond has gone by");
        assertEquals((1L << 33) + 1, MissedTick.SKIP.next(0, 1L << 33, 1));
        assertEquals((1L << 40) + 1, MissedTick.SKIP.next(-3, 1L << 40, 10));
        assertEquals(Long.MAX_VALUE, MissedTick.SKIP.next(0, Long.MAX_VALUE - 1, 10));
    }

    @Test
    void missedTicksBurstOrDelayWhenAskedTo() {
        assertEquals(11, MissedTick.BURST.next(1, 1000, 10));
        assertEquals(1010, MissedTick.DELAY.next(1, 1000, 10));
    }

    @Test
    void aBurstGivesEveryMissedTick() throws Exception {
        long start = handle.pinned().nanoTime();
        Interval burst = Interval.at(start - 50_000_000, Duration.ofMillis(10), MissedTick.BURST, handle);
        int ready = 0;
        while (burst.poll(() -> {}).isReady()) {
            ready++;
        }
        assertTrue(ready >= 6, "ticks: " + ready);
    }

    @Test
    void theFirstTickIsAtItsTime() throws Exception {
        long first = handle.pinned().nanoTime() + 30_000_000;
        Interval interval = Interval.at(first, Duration.ofMillis(5), MissedTick.SKIP, handle);
        core.run(interval.take(1).collect());
        assertTrue(handle.pinned().nanoTime() >= first, "early");
    }

    @Test
    void aLateOneGivesOneTickAndKeepsItsPhase() throws Exception {
        long start = handle.pinned().nanoTime();
        Interval late = Interval.at(start - 57_000_000_000L, Duration.ofSeconds(10), MissedTick.SKIP, handle);
        assertTrue(late.poll(() -> {}).isReady());
        assertTrue(late.poll(() -> {}).isPending(), "the other four are skipped");
        assertEquals(start + 3_000_000_000L, MissedTick.SKIP.next(start - 57_000_000_000L, start, 10_000_000_000L));
    }

    @Test
    void aPeriodOfZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Interval.every(Duration.ZERO, handle));
        assertThrows(IllegalArgumentException.class, () -> Interval.every(Duration.ofMillis(-1), handle));
    }
}
