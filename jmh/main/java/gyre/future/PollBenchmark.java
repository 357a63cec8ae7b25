package gyre.future;

import java.util.concurrent.TimeUnit;
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

/**
 * What a poll and a wake cost by themselves: the original's {@code poll}. A future counts to 100,000, keeps its task and
 * wakes it at each poll; the task does nothing. The score is for one poll.
 *
 * <p>The task comes with the poll here, so keeping it makes nothing; in the original it has to be made of the current one,
 * which is what the name says.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class PollBenchmark {
    private static final int POLLS = 100_000;

    private final Counting future = new Counting();

    @Benchmark
    @OperationsPerInvocation(POLLS)
    public Poll<Void> taskInit() {
        Task task = () -> {};
        future.polls = 0;
        Poll<Void> answer;
        do {
            answer = future.poll(task);
        } while (answer.isPending());
        return answer;
    }

    private static final class Counting implements Future<Void> {
        private final AtomicTask kept = new AtomicTask();
        private int polls;

        @Override
        public Poll<Void> poll(Task task) {
            if (polls == POLLS) {
                return Poll.done();
            }
            polls++;
            kept.register(task);
            kept.wake();
            return Poll.pending();
        }
    }
}
