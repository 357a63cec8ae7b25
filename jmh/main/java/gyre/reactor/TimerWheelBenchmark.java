package gyre.reactor;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What re-arming a timer costs while many others wait, as each message of a connection with an idle limit does: one of
 * them is taken out and put in again with a later deadline, beside a binary heap and a balanced tree. Time goes on by
 * a microsecond each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class TimerWheelBenchmark {
    private static final long STEP = 1_000;

    @Param({"100", "10000"})
    int waiting;

    private final TimerWheel wheel = new TimerWheel();
    private final PriorityQueue<Timer> heap = new PriorityQueue<>();
    private final TreeSet<Timer> tree = new TreeSet<>();
    private Timer[] timers;
    private long now;
    private int next;

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        timers = new Timer[waiting];
        for (int i = 0; i < waiting; i++) {
            timers[i] = new Timer(i);
            timers[i].deadline = limit() + random.nextLong(limit());
            wheel.add(timers[i]);
            heap.add(timers[i]);
            tree.add(timers[i]);
        }
    }

    @Benchmark
    public long wheel() {
        Timer timer = pick();
        wheel.remove(timer);
        timer.deadline = now + limit();
        wheel.add(timer);
        wheel.advance(now);
        return wheel.next();
    }

    @Benchmark
    public long heap() {
        Timer timer = pick();
        heap.remove(timer);
        timer.deadline = now + limit();
        heap.add(timer);
        return heap.element().deadline;
    }

    @Benchmark
    public long tree() {
        Timer timer = pick();
        tree.remove(timer);
        timer.deadline = now + limit();
        tree.add(timer);
        return tree.first().deadline;
    }

    private Timer pick() {
        now += STEP;
        next = next + 1 == waiting ? 0 : next + 1;
        return timers[next];
    }

    /** Twice the time until each has had its turn: none fires. */
    private long limit() {
        return 2 * STEP * waiting;
    }

    private static final class Timer extends TimerNode implements Comparable<Timer> {
        private final int number;

        Timer(int number) {
            this.number = number;
        }

        @Override
        public int compareTo(Timer other) {
            int byDeadline = Long.compare(deadline, other.deadline);
            return byDeadline != 0 ? byDeadline : Integer.compare(number, other.number);
        }
    }
}
