package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Loop;
import gyre.io.Io;
import gyre.io.Read;
import gyre.io.ShutdownOutput;
import gyre.io.WriteAll;
import gyre.latency.LoopThread;
import gyre.reactor.Core;
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
 * The original's {@code benches/tcp.rs}, {@code transfer}: 3 MiB in one direction, in chunks of 32 or of 1,024 bytes on both
 * sides; the reader on the writer's loop, or on another one. In the original both sides leave the loop's thread there;
 * sockets stay on a loop here. {@code TCP_NODELAY} is off, as there: else each chunk is a packet, and the kernel is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class Transfer {
    private static final int TOTAL = 3 << 20;

    @Param({"epoll", "nio"})
    String backend;

    /** The original's {@code small_chunks} and {@code big_chunks}. */
    @Param({"32", "1024"})
    int chunk;

    private Core own;
    private LoopThread other;

    @Setup
    public void open() throws IOException {
        own = Core.builder().backend(backend).open();
        other = new LoopThread(backend);
    }

    @TearDown
    public void close() throws IOException {
        other.close();
        own.close();
    }

    @Benchmark
    public long oneThread() throws IOException {
        return transfer(own.handle());
    }

    @Benchmark
    public long crossThread() throws IOException {
        return transfer(other.handle());
    }

    private long transfer(Handle reader) throws IOException {
        try (TcpListener listener =
                TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), own.handle())) {
            InetSocketAddress address = listener.localAddress();
            JoinHandle<Long> read = reader.spawnFn(pinned -> TcpStream.connect(address, pinned.handle())
                    .andThen(socket -> Futures.using(socket, s -> drain(s, Buf.allocate(chunk)))));
            Future<Void> write = listener.accept()
                    .andThen(socket -> Futures.using(
                            socket.option(StandardSocketOptions.TCP_NODELAY, false),
                            s -> fill(s, Buf.copyOf(new byte[chunk]))));
            return own.run(write.join(read, (done, bytes) -> bytes));
        }
    }

    private static Future<Long> drain(TcpStream socket, Buf buf) {
        return Futures.loopFn(
                0L,
                total -> Read.read(socket, buf.clear())
                        .map(n -> n == Io.END ? Loop.done(total) : Loop.again(total + n)));
    }

    private Future<Void> fill(TcpStream socket, Buf buf) {
        return Futures.loopFn(
                TOTAL,
                left -> left == 0
                        ? ShutdownOutput.shutdownOutput(socket).map(done -> Loop.<Integer, Void>done(null))
                        : WriteAll.writeAll(socket, buf.clear().advance(chunk))
                                .map(done -> Loop.<Integer, Void>again(left - chunk)));
    }
}
