package gyre.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
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

/** {@link TcpTransferBenchmark} on {@code java.nio} itself: a plain loop with both ends, and a blocking thread for each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JdkTransferBenchmark {
    @Param
    Chunks chunks;

    private ServerSocketChannel listener;
    private ByteBuffer out;
    private ByteBuffer in;

    @Setup
    public void open() throws IOException {
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        out = ByteBuffer.allocateDirect(chunks.bytes);
        in = ByteBuffer.allocateDirect(chunks.bytes);
    }

    @TearDown
    public void close() throws IOException {
        listener.close();
    }

    @Benchmark
    public void oneThread() throws IOException {
        try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                SocketChannel server = listener.accept();
                Selector selector = Selector.open()) {
            client.configureBlocking(false).register(selector, SelectionKey.OP_WRITE);
            server.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            int left = TcpTransferBenchmark.BYTES;
            out.clear();
            while (server.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isReadable()) {
                        read(server);
                    } else {
                        left -= write(client, left);
                    }
                }
                selector.selectedKeys().clear();
            }
        }
    }

    @Benchmark
    public void crossThread() throws IOException, InterruptedException {
        Thread drain = new Thread(() -> {
            try (SocketChannel server = listener.accept()) {
                read(server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        drain.start();
        try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
            write(client, TcpTransferBenchmark.BYTES);
        }
        drain.join();
    }

    /** Writes until there is no room, or no more to write: then it closes. */
    private int write(SocketChannel client, int left) throws IOException {
        int written = 0;
        for (int count = -1; count != 0 && written < left; written += count) {
            count = client.write(out.hasRemaining() ? out : out.clear());
        }
        if (written == left) {
            client.close();
        }
        return written;
    }

    /** Reads until there is no more now, or ever: then it closes. */
    private void read(SocketChannel server) throws IOException {
        int count;
        do {
            count = server.read(in.clear());
        } while (count > 0);
        if (count < 0) {
            server.close();
        }
    }
}
