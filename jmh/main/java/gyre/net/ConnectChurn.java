package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Streams;
import gyre.io.Read;
import gyre.latency.LoopThread;
import gyre.reactor.Blocking;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
 * The original's {@code benches/tcp.rs}, {@code connect_churn}: 300 connections, eight at a time, to a server that closes each
 * at once; the client reads the end and resets, so that no port stays taken. Time for one connection.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(ConnectChurn.CONNECTIONS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConnectChurn {
    static final int CONNECTIONS = 300;
    private static final int AT_ONCE = 8;
    private static final int CLIENTS = 4;

    @Param({"epoll", "nio"})
    String backend;

    private Core own;
    private InetSocketAddress ownServer;
    private LoopThread other;
    private InetSocketAddress otherServer;
    private ExecutorService clients;

    @Setup
    public void open() throws IOException, InterruptedException, ExecutionException {
        own = Core.builder().backend(backend).open();
        ownServer = serve(own.handle());
        other = new LoopThread(backend);
        otherServer = other.handle()
                .spawnFn(pinned -> Futures.ready(serve(pinned.handle())))
                .toCompletableFuture()
                .get();
        clients = Executors.newFixedThreadPool(CLIENTS);
    }

    private static InetSocketAddress serve(Handle handle) throws IOException {
        TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
        handle.spawn(listener.incoming().forEach(TcpStream::close));
        return listener.localAddress();
    }

    @TearDown
    public void close() throws IOException {
        clients.shutdown();
        other.close();
        own.close();
    }

    /** Server and clients on one loop. */
    @Benchmark
    public void oneThread() throws IOException {
        own.run(churn(ownServer, own.handle(), CONNECTIONS));
    }

    /** The server on another one. */
    @Benchmark
    public void twoThreads() throws IOException {
        own.run(churn(otherServer, own.handle(), CONNECTIONS));
    }

    /** Four threads have the server's loop connect to itself, and wait outside. */
    @Benchmark
    public void multiThreads() throws InterruptedException, ExecutionException {
        List<java.util.concurrent.Future<Void>> done = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            done.add(clients.submit(() -> Blocking.block(
                    other.handle().spawnFn(pinned -> churn(otherServer, pinned.handle(), CONNECTIONS / CLIENTS)))));
        }
        for (java.util.concurrent.Future<Void> client : done) {
            client.get();
        }
    }

    private static Future<Void> churn(InetSocketAddress server, Handle handle, int connections) {
        return Streams.from(Collections.nCopies(connections, server))
                .bufferUnordered(
                        AT_ONCE,
                        address -> TcpStream.connect(address, handle)
                                .andThen(socket -> Futures.using(
                                        socket.option(StandardSocketOptions.SO_LINGER, 0),
                                        s -> Read.read(s, Buf.allocate(1)))))
                .forEach(end -> {});
    }
}
