package gyre.latency;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
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

/** How long one request waits for its echo when nothing else goes on: a blocking client beside each server. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TcpEchoLatency {
    @Param({"gyre-epoll", "gyre-nio", "nio", "netty"})
    String server;

    @Param({"64", "16384"})
    int bytes;

    private EchoServer running;
    private SocketChannel client;
    private ByteBuffer buffer;

    @Setup
    public void connect() throws IOException, InterruptedException {
        running = EchoServer.start(server);
        client = SocketChannel.open(running.address());
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        buffer = ByteBuffer.allocateDirect(bytes);
    }

    @TearDown
    public void close() throws IOException, InterruptedException {
        client.close();
        running.close();
    }

    @Benchmark
    public ByteBuffer roundTrip() throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new EOFException("the server closed the connection");
            }
        }
        return buffer;
    }
}
