package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private static final long TICK = 1024;

    private final TimerWheel wheel = new TimerWheel();
    private final List<Probe> fired = new ArrayList<>();

    private final class Probe extends TimerNode {
        @Override
        void fire() {
            fired.add(this);
        }
    }

    private Probe add(long deadline) {
        Probe probe = new Probe();
        probe.deadline = deadline;
        wheel.add(probe);
        return probe;
    }

    @Test
    void firesWhatIsDueAndNothingElse() {
        Probe timer = add(200_000_000);
        wheel.advance(0);
        wheel.advance(100_000_000);
        wheel.advance(199_999_999);
        assertTrue(fired.isEmpty(), "early");
        wheel.advance(200_000_000);
        assertEquals(List.of(timer), fired);
        wheel.advance(300_000_000);
        assertEquals(1, fired.size(), "twice");
    }

    @Test
    void isExactWithinATick() {
        Probe late = add(10 * TICK + 900);
        Probe soon = add(10 * TICK + 100);
        wheel.advance(10 * TICK + 99);
        assertTrue(fired.isEmpty());
        wheel.advance(10 * TICK + 100);
        assertEquals(List.of(soon), fired);
        assertEquals(late.deadline, wheel.next());
        wheel.advance(10 * TICK + 900);
        assertEquals(List.of(soon, late), fired);
    }

    @Test
    void severalAreReadyInOneAdvance() {
        for (long deadline : new long[] {199, 200, 201, 251, 299, 300, 301}) {
            add(deadline * 1_000_000);
        }
        wheel.advance(300_000_000);
        assertEquals(6, fired.size());
        wheel.advance(301_000_000);
        assertEquals(7, fired.size());
        assertEquals(Long.MAX_VALUE, wheel.next());
    }

    @Test
    void aDeadlineInThePastFiresAtTheNextAdvance() {
        wheel.advance(5_000_000);
        Probe past = add(1_000_000);
        assertTrue(wheel.next() <= 5_000_000);
        wheel.advance(5_000_000);
        assertEquals(List.of(past), fired);
    }

    @Test
    void aRemovedTimerNeverFires() {
        Probe removed = add(5_000);
        Probe kept = add(5_000);
        wheel.remove(removed);
        wheel.remove(removed);
        assertEquals(1, wheel.size());
        wheel.advance(1_000_000);
        assertEquals(List.of(kept), fired);
    }

    @Test
    void nextIsTheEarliestDeadlineWhenThatIsNear() {
        add(40 * TICK);
        Probe earliest = add(30 * TICK);
        assertEquals(30 * TICK, wheel.next());
        wheel.remove(earliest);
        assertEquals(40 * TICK, wheel.next());
    }

    @Test
    void nextIsNeverAfterTheEarliestDeadline() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            add(random.nextLong(1L << (10 + random.nextInt(45))));
            long earliest = earliest();
            assertTrue(wheel.next() <= earliest, () -> "next " + wheel.next() + " is after " + earliest);
        }
    }

    private long earliest() {
        long earliest = Long.MAX_VALUE;
        for (TimerNode node : all()) {
            earliest = Math.min(earliest, node.deadline);
        }
        return earliest;
    }

    private List<TimerNode> all() {
        List<TimerNode> nodes = new ArrayList<>();
        for (TimerNode node; (node = wheel.poll()) != null; ) {
            nodes.add(node);
        }
        nodes.sort(Comparator.comparingLong(n -> n.order));
        nodes.forEach(wheel::add);
        return nodes;
    }

    @Test
    void equalDeadlinesFireInTheOrderOfAdding() {
        List<Probe> expected = new ArrayList<>();
        long deadline = 3_000_000_000L;
        for (int i = 0; i < 100; i++) {
            wheel.advance(i * 30_000_000L);
            expected.add(add(deadline));
        }
        wheel.advance(deadline);
        assertEquals(expected, fired);
    }

    @Test
    void aDeadlineBeyondTheLastLevelWaitsForItsTime() {
        long day = 86_400_000_000_000L;
        Probe far = add(30 * day + 5);
        Probe never = add(Long.MAX_VALUE);
        for (int i = 1; i <= 30; i++) {
            wheel.advance(i * day);
            assertTrue(fired.isEmpty(), "early, on day " + i);
        }
        wheel.advance(30 * day + 5);
        assertEquals(List.of(far), fired);
        assertEquals(1, wheel.size());
        assertEquals(never, wheel.poll());
        assertNull(wheel.poll());
    }

    @Test
    void aJumpOverEveryLevelFiresInOrder() {
        Probe b = add(1L << 50);
        Probe a = add(1L << 20);
        Probe c = add((1L << 50) + 1);
        wheel.advance(1L << 60);
        assertEquals(List.of(a, b, c), fired);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesLikeASortedList(long seed) {
        Random random = new Random(seed);
        List<Probe> model = new ArrayList<>();
        List<Probe> expected = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            int choice = random.nextInt(10);
            if (choice < 5) {
                model.add(add(Math.max(0, now - 5_000 + random.nextLong(1L << (1 + random.nextInt(48))))));
            } else if (choice < 7 && !model.isEmpty()) {
                wheel.remove(model.remove(random.nextInt(model.size())));
            } else {
                now += random.nextInt(20) == 0
                        ? wheel.next() == Long.MAX_VALUE ? 0 : Math.max(0, wheel.next() - now)
                        : random.nextLong(1L << random.nextInt(40));
                due(model, expected, now);
                wheel.advance(now);
                assertEquals(expected, fired, "at " + now + ", step " + step);
                assertEquals(model.size(), wheel.size());
                fired.clear();
                expected.clear();
            }
        }
    }

    /** How much one advance does must change only how late a timer may be. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void inSmallStepsNoneIsLostNoneIsEarlyAndNoneComesTwice(int steps) {
        TimerWheel small = new TimerWheel(steps);
        Random random = new Random(steps);
        List<Probe> model = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            int choice = random.nextInt(10);
            if (choice < 5) {
                Probe probe = new Probe();
                probe.deadline = now + random.nextLong(1L << (1 + random.nextInt(48)));
                small.add(probe);
                model.add(probe);
            } else if (choice < 7 && !model.isEmpty()) {
                small.remove(model.remove(random.nextInt(model.size())));
            } else {
                now += random.nextLong(1L << random.nextInt(40));
                do {
                    small.advance(now);
                    assertTrue(fired.size() <= steps, () -> fired.size() + " in one advance");
                    for (Probe probe : fired) {
                        assertTrue(probe.deadline <= now, "early");
                        assertTrue(model.remove(probe), "twice, or although it was removed");
                    }
                    fired.clear();
                } while (small.next() <= now && random.nextInt(8) > 0);
                long time = now;
                assertTrue(
                        small.next() <= now || model.stream().noneMatch(probe -> probe.deadline <= time),
                        "nothing more to do, and one is due");
            }
            assertEquals(model.size(), small.size());
        }
    }

    @Test
    void manyThatEndTogetherAreFiredInSeveralAdvancesAndInOrder() {
        int count = 5 * TimerWheel.STEPS;
        List<Probe> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            expected.add(add(3_000_000_000L));
        }
        int advances = 0;
        for (; wheel.next() <= 3_000_000_000L; advances++) {
            int before = fired.size();
            wheel.advance(3_000_000_000L);
            assertTrue(fired.size() - before <= TimerWheel.STEPS);
        }
        assertEquals(expected, fired);
        assertTrue(advances >= 5);
    }

    @Test
    void aTimerIsOnTimeWhileManyOthersMoveDown() {
        int count = 5 * TimerWheel.STEPS;
        long slot = 1L << 34; // 17 s, on the fifth level
        for (int i = 0; i < count; i++) {
            add(2 * slot - 1 - i);
        }
        wheel.advance(slot);
        assertEquals(slot, wheel.next(), "there is more to do");
        Probe soon = add(slot + 10_000);
        wheel.advance(slot + 10_000);
        assertEquals(List.of(soon), fired);
        while (wheel.next() <= slot + 10_000) {
            wheel.advance(slot + 10_000);
        }
        assertEquals(1, fired.size());
        assertEquals(count, wheel.size());
    }

    private static void due(List<Probe> model, List<Probe> expected, long now) {
        for (Probe probe : model) {
            if (probe.deadline <= now) {
                expected.add(probe);
            }
        }
        model.removeAll(expected);
        expected.sort(Comparator.<Probe>comparingLong(p -> p.deadline).thenComparingLong(p -> p.order));
    }
}
