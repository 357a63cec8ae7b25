package gyre.reactor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.MpscLinkedQueue;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the loop's queue costs a task, pushed and taken by one thread: 64 at a time, beside the JDK's queue and those of
 * JCTools, which need a node or a slot of their own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class TaskQueueBenchmark {
    private static final int TASKS = 64;

    private final TaskQueue.Node[] nodes = new TaskQueue.Node[TASKS];
    private final TaskQueue intrusive = new TaskQueue();
    private final Queue<TaskQueue.Node> linked = new ConcurrentLinkedQueue<>();
    private final Queue<TaskQueue.Node> mpscLinked = new MpscLinkedQueue<>();
    private final Queue<TaskQueue.Node> mpscArray = new MpscUnboundedArrayQueue<>(1024);

    @Setup
    public void fill() {
        for (int i = 0; i < TASKS; i++) {
            nodes[i] = new TaskQueue.Node();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void gyre(Blackhole taken) {
        for (TaskQueue.Node node : nodes) {
            intrusive.push(node);
        }
        intrusive.mark();
        for (TaskQueue.Node node; (node = intrusive.next()) != null; ) {
            taken.consume(node);
        }
    }

    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void concurrentLinkedQueue(Blackhole taken) {
        pass(linked, taken);
    }

    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void jctoolsLinked(Blackhole taken) {
        pass(mpscLinked, taken);
    }

    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void jctoolsArray(Blackhole taken) {
        pass(mpscArray, taken);
    }

    private void pass(Queue<TaskQueue.Node> queue, Blackhole taken) {
        for (TaskQueue.Node node : nodes) {
            queue.add(node);
        }
        for (TaskQueue.Node node; (node = queue.poll()) != null; ) {
            taken.consume(node);
        }
    }
}
