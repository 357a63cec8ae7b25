package gyre.sys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
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

/** The original's {@code benches/mio-ops.rs}: what a selector costs by itself. A source is registered once, so
 * that there is no {@code reregister}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class SelectorBenchmark {
    @Param({"epoll", "nio"})
    String backend;

    private Selector selector;
    private ListenSocket socket;

    @Setup
    public void open() throws IOException {
        Backend chosen = Backends.choose(backend);
        selector = chosen.selector();
        socket = chosen.listener(StandardProtocolFamily.INET);
        socket.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    }

    @TearDown
    public void close() throws IOException {
        socket.close();
        selector.close();
    }

    /** With a look after each: NIO tells the system of a key, and forgets it, only there. */
    @Benchmark
    public void registerDeregister() throws IOException {
        selector.register(socket, bits -> 0);
        selector.select(0);
        selector.deregister(socket);
        selector.select(0);
    }

    @Benchmark
    public void poll() throws IOException {
        selector.select(0);
    }
}
