package gyre.net;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Stream;
import gyre.future.Streams;
import gyre.io.ReadToEnd;
import gyre.reactor.Blocking;
import gyre.reactor.Core;
import gyre.reactor.CoreGroup;
import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a connection costs that is made, accepted, closed by the server, read to its end and closed: the original's {@code
 * tcp::connect_churn}, 300 of them with 8 under way at a time. On one thread; or with the sockets on the thread of a Core
 * while one or four others ask for the connections and wait. The score is for one connection. {@link
 * JdkConnectChurnBenchmark} has the same for {@code java.nio} itself.
 *
 * <p>A socket lives on its loop, so that there the whole connection goes on; the original makes it there and reads it on the
 * thread that asked. The client lingers for 0 seconds: its close leaves no port behind that could not be used again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TcpConnectChurnBenchmark {
    static final int CONNECTIONS = 300;
    static final int CONCURRENT = 8;
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Param({"epoll", "nio"})
    String backend;

    private Core own;
    private CoreGroup other;
    private InetSocketAddress ownAddress;
    private InetSocketAddress otherAddress;
    private ExecutorService workers;

    @Setup
    public void open() throws IOException, InterruptedException {
        own = Core.builder().backend(backend).open();
        ownAddress = serve(own.handle());
        other = CoreGroup.builder()
                .size(1)
                .core(Core.builder().backend(backend))
                .start();
        otherAddress = Blocking.block(other.next().spawnFn(pinned -> Futures.ready(serve(pinned.handle()))));
        workers = Executors.newCachedThreadPool();
    }

    @TearDown
    public void close() throws IOException {
        workers.shutdown();
        other.close();
        own.close();
    }

    @Benchmark
    @OperationsPerInvocation(CONNECTIONS)
    public void oneThread() throws IOException {
        own.run(addresses(ownAddress, CONNECTIONS)
                .bufferUnordered(CONCURRENT, address -> visit(address, own.handle()))
                .forEach(bytes -> {}));
    }

    @Benchmark
    @OperationsPerInvocation(CONNECTIONS)
    public void twoThreads() throws ExecutionException, InterruptedException {
        workers(1);
    }

    @Benchmark
    @OperationsPerInvocation(CONNECTIONS)
    public void multiThreads() throws ExecutionException, InterruptedException {
        workers(4);
    }

    private void workers(int count) throws ExecutionException, InterruptedException {
        Handle handle = other.next();
        Callable<Void> worker = () -> Blocking.block(addresses(otherAddress, CONNECTIONS / count)
                .bufferUnordered(CONCURRENT, address -> handle.spawnFn(pinned -> visit(address, pinned.handle())))
                .forEach(bytes -> {}));
        for (java.util.concurrent.Future<Void> done : workers.invokeAll(Collections.nCopies(count, worker))) {
            done.get();
        }
    }

    private static Stream<InetSocketAddress> addresses(InetSocketAddress address, int count) {
        return Streams.from(Collections.nCopies(count, address));
    }

    private static Future<byte[]> visit(InetSocketAddress address, Handle handle) {
        return TcpStream.connect(address, handle)
                .andThen(socket -> Futures.using(socket, connected -> {
                    connected.option(StandardSocketOptions.SO_LINGER, 0);
                    return ReadToEnd.readToEnd(connected, 0);
                }));
    }

    private static InetSocketAddress serve(Handle handle) throws IOException {
        TcpListener listener = TcpListener.bind(ANY, handle);
        handle.spawn(listener.incoming().forEach(TcpStream::close));
        return listener.localAddress();
    }
}
