package gyre.sys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
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

/**
 * What the operations of a selector cost on a listening socket: the original's {@code mio-ops}, for each backend. {@link
 * JdkSelectorBenchmark} has those of {@code java.nio} itself.
 *
 * <p>What differs: java.nio tells the system of a registration only in the next select, so that one stands between
 * registering and deregistering. And a registration is for life here. What comes nearest to {@code reregister} is to wait
 * again for what goes on being there, a connection that nobody accepts, and to look. Both contain a {@code mioPoll}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class MioOpsBenchmark {
    private static final Selector.Watcher IDLE = bits -> bits;

    @Param({"epoll", "nio"})
    String backend;

    private Selector empty;
    private Selector watching;
    private ListenSocket free;
    private ListenSocket watched;
    private SocketChannel waiting;

    @Setup
    public void open() throws IOException {
        empty = Backends.choose(backend).selector();
        watching = Backends.choose(backend).selector();
        free = listen();
        watched = listen();
        watching.register(watched, IDLE);
        waiting = SocketChannel.open(watched.localAddress());
    }

    @TearDown
    public void close() throws IOException {
        waiting.close();
        watching.deregister(watched);
        watched.close();
        free.close();
        watching.close();
        empty.close();
    }

    @Benchmark
    public void mioRegisterDeregister() throws IOException {
        empty.register(free, IDLE);
        empty.select(0);
        empty.deregister(free);
    }

    @Benchmark
    public void mioReregister() throws IOException {
        watching.rearm(watched, Ready.READ);
        watching.select(0);
    }

    @Benchmark
    public void mioPoll() throws IOException {
        empty.select(0);
    }

    private ListenSocket listen() throws IOException {
        ListenSocket socket = Backends.choose(backend).listener(StandardProtocolFamily.INET);
        socket.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        return socket;
    }
}
