package gyre.sys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
 * {@link MioOpsBenchmark} on {@code java.nio} itself. A key that was cancelled is gone only after a select, so that one more
 * belongs to deregistering.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class JdkSelectorBenchmark {
    private java.nio.channels.Selector empty;
    private java.nio.channels.Selector watching;
    private ServerSocketChannel free;
    private ServerSocketChannel watched;
    private SelectionKey key;
    private SocketChannel waiting;

    @Setup
    public void open() throws IOException {
        empty = java.nio.channels.Selector.open();
        watching = java.nio.channels.Selector.open();
        free = listen();
        watched = listen();
        key = watched.register(watching, SelectionKey.OP_ACCEPT);
        waiting = SocketChannel.open(watched.getLocalAddress());
    }

    @TearDown
    public void close() throws IOException {
        waiting.close();
        watched.close();
        free.close();
        watching.close();
        empty.close();
    }

    @Benchmark
    public int registerDeregister() throws IOException {
        SelectionKey registered = free.register(empty, SelectionKey.OP_ACCEPT);
        empty.selectNow();
        registered.cancel();
        return empty.selectNow();
    }

    @Benchmark
    public int reregister() throws IOException {
        watching.selectedKeys().clear();
        key.interestOps(0).interestOps(SelectionKey.OP_ACCEPT);
        return watching.selectNow();
    }

    @Benchmark
    public int poll() throws IOException {
        return empty.selectNow();
    }

    private static ServerSocketChannel listen() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }
}
