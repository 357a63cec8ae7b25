package gyre.future;

import gyre.channel.Channel;
import gyre.channel.Oneshot;
import gyre.channel.OneshotSender;
import gyre.channel.Receiver;
import gyre.channel.Sender;
import gyre.reactor.Blocking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
 * Those of futures' own benches that mean something here: {@code futures_unordered}, {@code poll}, {@code thread_notify} and
 * {@code sync_mpsc}. {@code bilock} has no counterpart: both halves of a {@link Split} live on one thread and need no lock.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FuturesBenchmark.ITEMS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FuturesBenchmark {
    static final int ITEMS = 1000;
    private static final int SENDERS = 100;
    private static final Task NOBODY = () -> {};

    /** Futures of a set that another thread completes, last ones first. */
    @Benchmark
    public int futuresUnordered() throws IOException, InterruptedException {
        List<OneshotSender<Integer>> senders = new ArrayList<>(ITEMS);
        FuturesUnordered<Integer> set = new FuturesUnordered<>();
        for (int i = 0; i < ITEMS; i++) {
            Oneshot<Integer> oneshot = Oneshot.open();
            senders.add(oneshot.sender());
            set.push(oneshot.receiver());
        }
        Thread completer = new Thread(() -> {
            for (int i = ITEMS - 1; i >= 0; i--) {
                senders.get(i).send(i);
            }
        });
        completer.start();
        int sum = Blocking.block(set.fold(0, Integer::sum));
        completer.join();
        return sum;
    }

    /** A future that wakes its task and is polled again, each time. */
    @Benchmark
    public int threadNotify() throws IOException, InterruptedException {
        int[] left = {ITEMS};
        return Blocking.block(Futures.pollFn(task -> {
            if (--left[0] == 0) {
                return Poll.ready(0);
            }
            task.wake();
            return Poll.pending();
        }));
    }

    /** A future that is not ready, asked again and again. */
    @Benchmark
    public boolean poll() throws Exception {
        Future<Integer> future = Futures.<Integer>never().map(n -> n + 1);
        boolean pending = true;
        for (int i = 0; i < ITEMS; i++) {
            pending &= future.poll(NOBODY).isPending();
        }
        return pending;
    }

    @Benchmark
    public int unboundedOneSender() throws IOException {
        Channel<Integer> channel = Channel.unbounded();
        int sum = 0;
        for (int i = 0; i < ITEMS; i++) {
            sum += channel.receiver().poll(NOBODY).isPending() ? 0 : 1;
            channel.sender().trySend(i);
            sum += channel.receiver().poll(NOBODY).value();
        }
        return sum;
    }

    @Benchmark
    public int boundedOneSender() throws IOException {
        Channel<Integer> channel = Channel.bounded(0);
        int sum = 0;
        for (int i = 0; i < ITEMS; i++) {
            if (!channel.sender().startSend(NOBODY, i)) {
                throw new IllegalStateException("there was room");
            }
            sum += channel.receiver().poll(NOBODY).value();
        }
        return sum;
    }

    /** Senders that are all held back, and freed one by one. */
    @Benchmark
    public int boundedHundredSenders() throws IOException {
        Channel<Integer> channel = Channel.bounded(0);
        Receiver<Integer> receiver = channel.receiver();
        List<Sender<Integer>> senders = new ArrayList<>(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            Sender<Integer> sender = channel.sender().another();
            sender.startSend(NOBODY, i);
            senders.add(sender);
        }
        int sum = 0;
        for (int i = 0; i < ITEMS; i++) {
            sum += receiver.poll(NOBODY).value();
            senders.get(i % SENDERS).startSend(NOBODY, i);
        }
        return sum;
    }
}
