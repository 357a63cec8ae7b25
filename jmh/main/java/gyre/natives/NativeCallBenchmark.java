package gyre.natives;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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
 * What one native call costs: asking an idle socket for bytes and being told that there are none, through a stub, through
 * JNA's direct mapping, and through the JNI of NIO. The clock is there to compare runs by. On Linux only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class NativeCallBenchmark {
    private static final int LENGTH = 64;

    private final ByteBuffer buffer = Memory.buffer(LENGTH);
    private final long address = Memory.address(buffer);
    private DatagramChannel channel;
    private int fd;

    @Setup
    public void open() throws IOException {
        if (!Sys.provider().equals("stub")) {
            throw new IllegalStateException("there are no stubs here; the benchmark compares them with JNA");
        }
        channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
        fd = Libc.socket(Layout.AF_INET, Layout.SOCK_DGRAM | Layout.SOCK_NONBLOCK, 0);
        if (fd < 0) {
            throw Errno.exception(-fd, "socket");
        }
    }

    @TearDown
    public void close() throws IOException {
        channel.close();
        Libc.close(fd);
    }

    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    @Benchmark
    public int stub() {
        return Stubs.recv(fd, address, LENGTH, 0);
    }

    @Benchmark
    public int jna() {
        return JnaCalls.recv(fd, address, LENGTH, 0);
    }

    @Benchmark
    public int nio() throws IOException {
        return channel.read(buffer.clear());
    }
}
