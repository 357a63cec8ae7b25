package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptiveSpinTest {
    private static final long MOST = 50_000;

    private final WaitStrategy strategy = WaitStrategy.spin(Duration.ofNanos(MOST));

    @Test
    void aLoopThatHasNeverWaitedDoesNotSpin() {
        assertEquals(0, strategy.spinNanos(0, 0));
    }

    @Test
    void aShortWaitAllowsTwiceItsLengthUpToTheBound() {
        assertEquals(20_000, strategy.spinNanos(0, 10_000));
        assertEquals(MOST, strategy.spinNanos(20_000, 40_000));
        assertEquals(MOST, strategy.spinNanos(0, MOST));
    }

    @Test
    void aWaitThatSpinningCoveredChangesNothing() {
        assertEquals(20_000, strategy.spinNanos(20_000, 19_000));
        assertEquals(20_000, strategy.spinNanos(20_000, 20_000));
    }

    @Test
    void anIdleLoopSoonParksAtOnceAndSpinsInAllNoLongerThanTwiceTheBound() {
        long spun = MOST;
        long inAll = 0;
        int waits = 0;
        while (spun > 0) {
            inAll += spun;
            spun = strategy.spinNanos(spun, 1_000_000);
            waits++;
        }
        assertTrue(waits <= 16, waits + " waits");
        assertTrue(inAll <= 2 * MOST, inAll + " ns");
    }

    @Test
    void noTimeAtAllIsParking() {
        WaitStrategy never = WaitStrategy.spin(Duration.ZERO);
        assertEquals(0, never.spinNanos(0, 0));
        assertEquals(0, never.spinNanos(0, 1));
    }

    @Test
    void boundsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> WaitStrategy.spin(Duration.ofNanos(-1)));
        WaitStrategy ages = WaitStrategy.spin(Duration.ofSeconds(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, ages.spinNanos(0, Long.MAX_VALUE - 1));
    }
}
