package gyre.channel;

import gyre.future.Task;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jctools.queues.MpscLinkedQueue;
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
 * What an item costs on its way through a channel, sent and received by one thread: the original's {@code sync_mpsc}, 1,000
 * items through a new channel. The names say how many senders take turns; all but the uncontended one first ask the
 * receiver in vain, so that each item wakes it. Beside {@code unboundedUncontended} and {@code bounded1Tx} the queues of the
 * JDK and of JCTools do as much as they can: none of them wakes a task, or knows that its producers have gone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class SyncMpscBenchmark {
    private static final int ITEMS = 1_000;
    private static final int SENDERS = 100;
    private static final Integer ITEM = 1;

    private final Task task = () -> {};

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void unbounded1Tx(Blackhole taken) throws ReceiverClosedException {
        Channel<Integer> channel = Channel.unbounded();
        for (int i = 0; i < ITEMS; i++) {
            pass(channel.sender(), channel.receiver(), taken);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void unbounded100Tx(Blackhole taken) throws ReceiverClosedException {
        Channel<Integer> channel = Channel.unbounded();
        List<Sender<Integer>> senders = senders(channel);
        for (int i = 0; i < ITEMS; i++) {
            pass(senders.get(i % SENDERS), channel.receiver(), taken);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void unboundedUncontended(Blackhole taken) throws ReceiverClosedException {
        Channel<Integer> channel = Channel.unbounded();
        for (int i = 0; i < ITEMS; i++) {
            taken.consume(channel.sender().trySend(ITEM));
            taken.consume(channel.receiver().poll(task));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void bounded1Tx(Blackhole taken) throws ReceiverClosedException {
        Channel<Integer> channel = Channel.bounded(0);
        for (int i = 0; i < ITEMS; i++) {
            passOne(channel.sender(), channel.receiver(), taken);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void bounded100Tx(Blackhole taken) throws ReceiverClosedException {
        Channel<Integer> channel = Channel.bounded(0);
        List<Sender<Integer>> senders = senders(channel);
        for (int i = 0; i < ITEMS; i++) {
            passOne(senders.get(i % SENDERS), channel.receiver(), taken);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void concurrentLinkedQueue(Blackhole taken) {
        pass(new ConcurrentLinkedQueue<>(), taken);
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void jctoolsLinked(Blackhole taken) {
        pass(new MpscLinkedQueue<>(), taken);
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void linkedBlockingQueue(Blackhole taken) {
        pass(new LinkedBlockingQueue<>(), taken);
    }

    /** One place, as in {@link #bounded1Tx}. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void boundedLinkedBlockingQueue(Blackhole taken) {
        Queue<Integer> queue = new LinkedBlockingQueue<>(1);
        for (int i = 0; i < ITEMS; i++) {
            taken.consume(queue.offer(ITEM));
            taken.consume(queue.offer(ITEM));
            taken.consume(queue.poll());
        }
    }

    private void pass(Sender<Integer> sender, Receiver<Integer> receiver, Blackhole taken)
            throws ReceiverClosedException {
        taken.consume(receiver.poll(task));
        taken.consume(sender.trySend(ITEM));
        taken.consume(receiver.poll(task));
    }

    /** The second item finds the sender's place taken. */
    private void passOne(Sender<Integer> sender, Receiver<Integer> receiver, Blackhole taken)
            throws ReceiverClosedException {
        taken.consume(sender.startSend(task, ITEM));
        taken.consume(sender.startSend(task, ITEM));
        taken.consume(receiver.poll(task));
    }

    private static void pass(Queue<Integer> queue, Blackhole taken) {
        for (int i = 0; i < ITEMS; i++) {
            taken.consume(queue.offer(ITEM));
            taken.consume(queue.poll());
        }
    }

    private static List<Sender<Integer>> senders(Channel<Integer> channel) {
        return Stream.generate(channel.sender()::another).limit(SENDERS).toList();
    }
}
