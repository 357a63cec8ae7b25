package gyre.future;

import gyre.channel.Oneshot;
import gyre.channel.OneshotSender;
import gyre.reactor.Blocking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * What one of many futures costs that another thread completes: the original's {@code futures_unordered}. 10,000 oneshots
 * are pushed into a set, a thread of their own sends to all of them, and the values are taken out as they come. Beside it
 * what the JDK has: {@code CompletableFuture} into a queue. The score is for one future; the thread's start is in it.
 *
 * <p>The original spins until the set is empty; here the thread parks when there is nothing to take.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class FuturesUnorderedBenchmark {
    private static final int FUTURES = 10_000;

    @Benchmark
    @OperationsPerInvocation(FUTURES)
    public void oneshots(Blackhole taken) throws IOException, InterruptedException {
        List<OneshotSender<String>> senders = new ArrayList<>(FUTURES);
        FuturesUnordered<String> receivers = new FuturesUnordered<>();
        for (int i = 0; i < FUTURES; i++) {
            Oneshot<String> oneshot = Oneshot.open();
            senders.add(oneshot.sender());
            receivers.push(oneshot.receiver());
        }
        Thread thread = new Thread(() -> senders.forEach(sender -> sender.send("hello")));
        thread.start();
        Blocking.block(receivers.forEach(taken::consume));
        thread.join();
    }

    @Benchmark
    @OperationsPerInvocation(FUTURES)
    public void completableFutures(Blackhole taken) throws InterruptedException {
        List<CompletableFuture<String>> futures = new ArrayList<>(FUTURES);
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        for (int i = 0; i < FUTURES; i++) {
            CompletableFuture<String> future = new CompletableFuture<>();
            taken.consume(future.thenAccept(done::add));
            futures.add(future);
        }
        Thread thread = new Thread(() -> futures.forEach(future -> future.complete("hello")));
        thread.start();
        for (int i = 0; i < FUTURES; i++) {
            taken.consume(done.take());
        }
        thread.join();
    }
}
