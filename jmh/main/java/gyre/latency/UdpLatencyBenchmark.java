package gyre.latency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one datagram of 1,000 bytes waits for its echo: a blocking client beside each server, the original's {@code
 * latency::udp_echo_latency}. The others of its file are in {@link ChannelLatencyBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class UdpLatencyBenchmark {
    @Param({"gyre-epoll", "gyre-nio", "nio"})
    String server;

    private EchoServer running;
    private DatagramChannel client;
    private ByteBuffer buffer;

    @Setup
    public void connect() throws IOException {
        running = server.equals("nio") ? new NioUdpEcho() : new GyreUdpEcho(server.substring("gyre-".length()));
        client = DatagramChannel.open();
        client.connect(running.address());
        buffer = ByteBuffer.allocateDirect(1_000);
    }

    @TearDown
    public void close() throws IOException, InterruptedException {
        client.close();
        running.close();
    }

    @Benchmark
    public ByteBuffer udpEchoLatency() throws IOException {
        client.write(buffer.clear());
        client.read(buffer.clear());
        return buffer;
    }
}
