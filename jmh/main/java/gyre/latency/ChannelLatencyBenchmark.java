package gyre.latency;

import gyre.channel.ReceiverClosedException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long an item takes to another thread and back through two channels, when both sleep each time: the original's {@code
 * latency::futures_channel_latency}, channels of 32 and a thread that waits for its future, and {@code
 * tokio_channel_latency}, unbounded ones and a thread that runs a Core. Beside them two queues of the JDK.
 *
 * <p>What the original called {@code tokio_core::channel} is Gyre's one unbounded channel; it needs no loop.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChannelLatencyBenchmark {
    @Benchmark
    public Integer futuresChannelLatency(Futures futures) throws ReceiverClosedException {
        return futures.echo.roundTrip();
    }

    @Benchmark
    public Integer tokioChannelLatency(Tokio tokio) throws ReceiverClosedException {
        return tokio.echo.roundTrip();
    }

    @Benchmark
    public Integer linkedBlockingQueueLatency(Jdk jdk) throws InterruptedException {
        return jdk.echo.roundTrip();
    }

    @State(Scope.Thread)
    public static class Futures {
        private ChannelEcho echo;

        @Setup
        public void start() {
            echo = ChannelEcho.onThread();
        }

        @TearDown
        public void stop() throws InterruptedException {
            echo.close();
        }
    }

    @State(Scope.Thread)
    public static class Tokio {
        private ChannelEcho echo;

        @Setup
        public void start() {
            echo = ChannelEcho.onCore();
        }

        @TearDown
        public void stop() throws InterruptedException {
            echo.close();
        }
    }

    @State(Scope.Thread)
    public static class Jdk {
        private QueueEcho echo;

        @Setup
        public void start() {
            echo = new QueueEcho();
        }

        @TearDown
        public void stop() throws InterruptedException {
            echo.close();
        }
    }
}
