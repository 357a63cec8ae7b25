package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What spawning costs: on the loop's own thread, 64 at a time; and from another thread, with the way back, when the loop
 * sleeps each time, beside an executor with one thread, Netty's event loop and two queues with a thread between them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class SpawnBenchmark {
    private static final int TASKS = 64;
    private static final Future<Integer> READY = task -> Poll.ready(1);

    private Core own;
    private Core other;
    private Thread thread;
    private ExecutorService executor;
    private EventLoopGroup netty;
    private final TransferQueue<Integer> there = new LinkedTransferQueue<>();
    private final TransferQueue<Integer> back = new LinkedTransferQueue<>();
    private Thread between;

    @Setup
    public void open() throws IOException {
        own = Core.open();
        other = Core.open();
        thread = new Thread(this::runOther, "spawn-benchmark");
        thread.start();
        executor = Executors.newSingleThreadExecutor();
        netty = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        between = new Thread(this::handBack, "spawn-benchmark-queues");
        between.start();
    }

    @TearDown
    public void close() throws IOException, InterruptedException {
        own.close();
        other.close();
        thread.join();
        executor.shutdown();
        netty.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        between.interrupt();
        between.join();
    }

    @Benchmark
    @OperationsPerInvocation(TASKS)
    public int local() throws IOException {
        for (int i = 1; i < TASKS; i++) {
            own.handle().spawn(READY);
        }
        return own.run(own.handle().spawn(READY));
    }

    @Benchmark
    public int remote() {
        return other.handle().spawn(READY).toCompletableFuture().join();
    }

    @Benchmark
    public int executor() throws ExecutionException, InterruptedException {
        return executor.submit(() -> 1).get();
    }

    @Benchmark
    public int nettyEventLoop() throws ExecutionException, InterruptedException {
        return netty.submit(() -> 1).get();
    }

    @Benchmark
    public int linkedTransferQueue() throws InterruptedException {
        there.put(1);
        return back.take();
    }

    private void handBack() {
        try {
            while (true) {
                back.put(there.take());
            }
        } catch (InterruptedException e) {
            return; // the orderly end
        }
    }

    private void runOther() {
        try {
            other.run(task -> Poll.pending());
        } catch (LoopClosedException e) {
            return; // the orderly end
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
