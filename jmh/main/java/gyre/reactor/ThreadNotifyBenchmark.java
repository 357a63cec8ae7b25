package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * What it costs that a thread waits for a future which has to be polled again: the original's {@code thread_notify}. A future
 * wakes its own task, 10,000 times in one wait and once in each of 10,000; or has another thread wake it, 1,000 times. The
 * score is for one wake. {@code parkUnpark} and {@code unparkMultiThread} are the same by the JDK's means alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class ThreadNotifyBenchmark {
    private static final int WAKES = 10_000;
    private static final int REMOTE_WAKES = 1_000;

    private final BlockingQueue<Runnable> wakes = new ArrayBlockingQueue<>(WAKES);
    private Thread waker;
    private volatile boolean woken;

    @Setup
    public void start() {
        waker = new Thread(this::wakeOthers, "thread-notify-benchmark");
        waker.start();
    }

    @TearDown
    public void stop() throws InterruptedException {
        waker.interrupt();
        waker.join();
    }

    @Benchmark
    @OperationsPerInvocation(WAKES)
    public void threadYieldSingleThreadOneWait() throws IOException, InterruptedException {
        Blocking.block(yields(WAKES));
    }

    @Benchmark
    @OperationsPerInvocation(WAKES)
    public void threadYieldSingleThreadManyWait() throws IOException, InterruptedException {
        for (int i = 0; i < WAKES; i++) {
            Blocking.block(yields(1));
        }
    }

    @Benchmark
    @OperationsPerInvocation(REMOTE_WAKES)
    public void threadYieldMultiThread() throws IOException, InterruptedException {
        int[] left = {REMOTE_WAKES};
        Future<Void> remote = task -> {
            if (left[0]-- == 0) {
                return Poll.done();
            }
            wakes.add(task::wake);
            return Poll.pending();
        };
        Blocking.block(remote);
    }

    @Benchmark
    @OperationsPerInvocation(WAKES)
    public void parkUnpark() {
        Thread me = Thread.currentThread();
        for (int i = 0; i < WAKES; i++) {
            LockSupport.unpark(me);
            LockSupport.park(this);
        }
    }

    @Benchmark
    @OperationsPerInvocation(REMOTE_WAKES)
    public void unparkMultiThread() {
        Thread me = Thread.currentThread();
        Runnable wake = () -> {
            woken = true;
            LockSupport.unpark(me);
        };
        for (int i = 0; i < REMOTE_WAKES; i++) {
            woken = false;
            wakes.add(wake);
            while (!woken) {
                LockSupport.park(this);
            }
        }
    }

    private static Future<Void> yields(int wakes) {
        int[] left = {wakes};
        return task -> {
            if (left[0]-- == 0) {
                return Poll.done();
            }
            task.wake();
            return Poll.pending();
        };
    }

    private void wakeOthers() {
        try {
            while (true) {
                wakes.take().run();
            }
        } catch (InterruptedException e) {
            return; // the orderly end
        }
    }
}
