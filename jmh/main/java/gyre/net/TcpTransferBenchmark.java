package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.reactor.Blocking;
import gyre.reactor.Core;
import gyre.reactor.CoreGroup;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
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
 * How long 3 MiB take over a new connection in small or in big chunks, of which each is one write and one read: the
 * original's {@code tcp::transfer}. Both ends on one thread; or across threads. {@link JdkTransferBenchmark} has the same for
 * {@code java.nio} itself.
 *
 * <p>What differs: both ends are waited for, and each lives on a loop. {@code crossThread} has two of them, each with a
 * thread of its own; the original has one loop for both ends and polls them on another thread. After 128 operations a task
 * has used up its budget and lets the rest of the loop go first; the original knows none. {@code TCP_NODELAY}, which Gyre
 * switches on, is off as in the original: with it each small chunk is a segment of its own, which takes three times as long
 * and would measure the kernel.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TcpTransferBenchmark {
    static final int BYTES = 3 << 20;
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Param({"epoll", "nio"})
    String backend;

    @Param
    Chunks chunks;

    private Core own;
    private CoreGroup others;
    private TcpListener ownListener;
    private TcpListener otherListener;

    @Setup
    public void open() throws IOException, InterruptedException {
        own = Core.builder().backend(backend).open();
        ownListener = TcpListener.bind(ANY, own.handle());
        others = CoreGroup.builder()
                .size(2)
                .core(Core.builder().backend(backend))
                .start();
        otherListener =
                Blocking.block(server().spawnFn(pinned -> Futures.ready(TcpListener.bind(ANY, pinned.handle()))));
    }

    @TearDown
    public void close() throws IOException {
        others.close();
        own.close();
    }

    @Benchmark
    public void oneThread() throws IOException {
        JoinHandle<Void> server = own.handle().spawn(drain(ownListener));
        own.run(transfer(ownListener.localAddress(), own.handle()));
        own.run(server);
    }

    @Benchmark
    public void crossThread() throws IOException, InterruptedException {
        InetSocketAddress address = otherListener.localAddress();
        JoinHandle<Void> server = server().spawn(drain(otherListener));
        Blocking.block(client().spawnFn(pinned -> transfer(address, pinned.handle())));
        Blocking.block(server);
    }

    private Handle server() {
        return others.handles().get(0);
    }

    private Handle client() {
        return others.handles().get(1);
    }

    private Future<Void> transfer(InetSocketAddress address, Handle handle) {
        return TcpStream.builder(handle)
                .option(StandardSocketOptions.TCP_NODELAY, false)
                .connect(address)
                .andThen(socket -> Futures.using(socket, this::write));
    }

    private Future<Void> drain(TcpListener listener) {
        return listener.accept()
                .andThen(socket -> Futures.using(socket, accepted -> {
                    accepted.option(StandardSocketOptions.SO_LINGER, 0);
                    return read(accepted);
                }));
    }

    private Future<Void> write(TcpStream socket) {
        Buf chunk = Buf.allocate(chunks.bytes);
        int[] left = {BYTES};
        return task -> {
            while (left[0] > 0) {
                if (chunk.readable() == 0) {
                    chunk.clear().advance(chunks.bytes);
                }
                int count = socket.write(task, chunk);
                if (count == Io.NOT_READY) {
                    return Poll.pending();
                }
                left[0] -= count;
            }
            return Poll.done();
        };
    }

    private Future<Void> read(TcpStream socket) {
        Buf chunk = Buf.allocate(chunks.bytes);
        return task -> {
            int count;
            do {
                count = socket.read(task, chunk.clear());
            } while (count >= 0);
            return count == Io.END ? Poll.done() : Poll.pending();
        };
    }
}
