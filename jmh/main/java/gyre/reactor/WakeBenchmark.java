package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a wake costs on the loop's own thread, from the call to the poll it asks for. One task at a time pays for a whole
 * turn, with a look at the system's queue; 64 share it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class WakeBenchmark {
    private static final int ROUNDS = 64;

    @Param({"epoll", "nio"})
    String backend;

    @Param({"1", "64"})
    int tasks;

    private Core core;

    @Setup
    public void open() throws IOException {
        core = Core.builder().backend(backend).open();
    }

    @TearDown
    public void close() throws IOException {
        core.close();
    }

    /** The score is for 64 rounds; each round wakes every task once. */
    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public void wake() throws IOException {
        JoinHandle<Void> last = null;
        for (int i = 0; i < tasks; i++) {
            last = core.handle().spawn(wakesItself());
        }
        core.run(last);
    }

    private static Future<Void> wakesItself() {
        int[] left = {ROUNDS};
        return task -> {
            if (left[0]-- == 0) {
                return Poll.done();
            }
            task.wake();
            return Poll.pending();
        };
    }
}
