package gyre.future;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to use one object through two halves: the original's {@code bilock}. Gyre has no such lock, since both
 * halves live on one loop; its {@link Split} stands in its place. One thread uses the halves in turn, beside the object
 * itself and beside what halves for two threads would need at least, a lock that is free. The score is for one use of each
 * half.
 *
 * <p>The original's {@code contended} is left out: a half never waits for the other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class BiLockBenchmark {
    private static final int ROUNDS = 1_000;

    private final Task task = () -> {};
    private final Cell cell = new Cell();
    private final Split<Integer, Integer> halves = new Cell().split();
    private final Lock lock = new ReentrantLock();

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public void lockUnlock(Blackhole taken) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            taken.consume(halves.sink().startSend(task, 1));
            taken.consume(halves.stream().poll(task));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public void whole(Blackhole taken) {
        for (int i = 0; i < ROUNDS; i++) {
            taken.consume(cell.startSend(task, 1));
            taken.consume(cell.poll(task));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public void reentrantLock(Blackhole taken) {
        for (int i = 0; i < ROUNDS; i++) {
            lock.lock();
            try {
                taken.consume(cell.startSend(task, 1));
            } finally {
                lock.unlock();
            }
            lock.lock();
            try {
                taken.consume(cell.poll(task));
            } finally {
                lock.unlock();
            }
        }
    }

    /** Gives what it was sent last. */
    private static final class Cell implements Duplex<Integer, Integer> {
        private Poll<Integer> content = Poll.pending();

        @Override
        public boolean startSend(Task task, Integer item) {
            content = Poll.ready(item);
            return true;
        }

        @Override
        public Poll<Integer> poll(Task task) {
            return content;
        }

        @Override
        public Poll<Void> pollFlush(Task task) {
            return Poll.done();
        }

        @Override
        public void cancel() {}
    }
}
