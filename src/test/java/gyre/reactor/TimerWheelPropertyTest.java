package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The wheel beside a list that is sorted: whatever is done to both, they fire the same timers in the same order. */
class TimerWheelPropertyTest {
    private static final int TICK_BITS = 10;
    private static final int SLOT_BITS = 6;
    private static final int LEVELS = 6;

    /** What is done to both. */
    private interface Step {
        void apply(Both both);
    }

    private static final class Timer extends TimerNode {
        private final List<Timer> fired;

        Timer(long deadline, List<Timer> fired) {
            this.deadline = deadline;
            this.fired = fired;
        }

        @Override
        void fire() {
            fired.add(this);
        }

        @Override
        public String toString() {
            return "timer " + order + " at " + deadline;
        }
    }

    private static final class Both {
        private final TimerWheel wheel = new TimerWheel();
        private final List<Timer> fired = new ArrayList<>();

        /** In the order of adding. */
        private final List<Timer> waiting = new ArrayList<>();

        private long now;

        void add(long deadline) {
            Timer timer = new Timer(deadline, fired);
            wheel.add(timer);
            waiting.add(timer);
        }

        void remove(int index) {
            if (!waiting.isEmpty()) {
                wheel.remove(waiting.remove(index % waiting.size()));
            }
        }

        void reset(int index, long deadline) {
            if (!waiting.isEmpty()) {
                Timer timer = waiting.remove(index % waiting.size());
                wheel.remove(timer);
                timer.deadline = deadline;
                wheel.add(timer);
                waiting.add(timer);
            }
        }

        void advance(long to) {
            now = Math.max(now, to);
            List<Timer> due = new ArrayList<>();
            for (Timer timer : waiting) {
                if (timer.deadline <= now) {
                    due.add(timer);
                }
            }
            waiting.removeAll(due);
            due.sort(Comparator.comparingLong(timer -> timer.deadline)); // stable: equal ones stay in order
            fired.clear();
            do {
                wheel.advance(now);
            } while (wheel.size() > 0 && wheel.next() <= now); // a far one moves at each round that was slept through
            assertEquals(due, fired, () -> "at " + now);
        }

        void check() {
            assertEquals(waiting.size(), wheel.size());
            long earliest =
                    waiting.stream().mapToLong(timer -> timer.deadline).min().orElse(Long.MAX_VALUE);
            assertTrue(wheel.next() <= earliest, () -> "would sleep past " + earliest + ", until " + wheel.next());
            if (waiting.isEmpty()) {
                assertEquals(Long.MAX_VALUE, wheel.next());
            }
        }
    }

    @Property(tries = 2_000)
    void firesAsASortedListDoes(@ForAll("steps") List<Step> steps) {
        Both both = new Both();
        for (Step step : steps) {
            step.apply(both);
            both.check();
        }
        while (!both.waiting.isEmpty() && both.wheel.next() < Long.MAX_VALUE) { // as a loop does: sleeps until next
            both.advance(Math.max(both.wheel.next(), both.now));
            both.check();
        }
        both.advance(Long.MAX_VALUE);
        assertEquals(0, both.wheel.size());
    }

    /** How many times a loop wakes up for one timer: at most once a level, and once more if it is almost a round away. */
    @Property(tries = 2_000)
    void isReachedWithinAStepALevel(@ForAll("distances") long now, @ForAll("distances") long distance) {
        Both both = new Both();
        both.advance(now);
        both.add(saturated(now, distance % (1L << (TICK_BITS + SLOT_BITS * LEVELS))));
        int steps = 0;
        for (; !both.waiting.isEmpty(); steps++) {
            both.advance(Math.max(both.wheel.next(), both.now));
        }
        assertTrue(steps <= LEVELS + 1, () -> "asleep and awake again " + both.now);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> add = distances().map(distance -> both -> both.add(saturated(both.now, distance)));
        Arbitrary<Step> past = distances().map(distance -> both -> both.add(both.now - distance));
        Arbitrary<Step> same = indices()
                .map(index -> both ->
                        both.add(both.waiting.isEmpty() ? 0 : both.waiting.get(index % both.waiting.size()).deadline));
        Arbitrary<Step> remove = indices().map(index -> both -> both.remove(index));
        Arbitrary<Step> reset = indices()
                .flatMap(index ->
                        distances().map(distance -> both -> both.reset(index, saturated(both.now, distance))));
        Arbitrary<Step> advance = distances().map(distance -> both -> both.advance(saturated(both.now, distance)));
        Arbitrary<Step> toNext =
                Arbitraries.just(both -> both.advance(both.wheel.next() == Long.MAX_VALUE ? 0 : both.wheel.next()));
        Arbitrary<Step> almost = indices().map(index -> both -> {
            if (!both.waiting.isEmpty()) { // never early, not by a nanosecond
                both.advance(both.waiting.get(index % both.waiting.size()).deadline - 1);
            }
        });
        return Arbitraries.frequencyOf(
                        Tuple.of(6, add),
                        Tuple.of(1, past),
                        Tuple.of(3, same),
                        Tuple.of(2, remove),
                        Tuple.of(2, reset),
                        Tuple.of(2, advance),
                        Tuple.of(3, toNext),
                        Tuple.of(2, almost))
                .list()
                .ofMaxSize(60);
    }

    /** From nothing to for ever, with a preference for where a slot, a level or the whole wheel ends. */
    @Provide
    Arbitrary<Long> distances() {
        Arbitrary<Long> ends = Arbitraries.integers()
                .between(0, LEVELS)
                .flatMap(level -> Arbitraries.longs()
                        .between(1, 64)
                        .flatMap(slots -> Arbitraries.longs()
                                .between(-2, 2)
                                .map(off -> Math.max(0, (slots << (TICK_BITS + SLOT_BITS * level)) + off))));
        Arbitrary<Long> sizes = Arbitraries.integers()
                .between(0, 62)
                .flatMap(bits -> Arbitraries.longs().between(0, (1L << bits) - 1));
        Arbitrary<Long> huge = Arbitraries.of(Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE >> 1);
        return Arbitraries.frequencyOf(Tuple.of(6, ends), Tuple.of(6, sizes), Tuple.of(1, huge));
    }

    private static Arbitrary<Integer> indices() {
        return Arbitraries.integers().between(0, 1_000);
    }

    private static long saturated(long now, long distance) {
        return Times.deadline(now, distance);
    }
}
