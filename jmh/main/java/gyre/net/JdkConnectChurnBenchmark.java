package gyre.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** {@link TcpConnectChurnBenchmark#oneThread} as a plain loop on {@code java.nio}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JdkConnectChurnBenchmark {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    private Selector selector;
    private ServerSocketChannel listener;
    private int toBegin;
    private int toEnd;

    @Setup
    public void open() throws IOException {
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    @TearDown
    public void close() throws IOException {
        selector.close();
        listener.close();
    }

    @Benchmark
    @OperationsPerInvocation(TcpConnectChurnBenchmark.CONNECTIONS)
    public void oneThread() throws IOException {
        toBegin = TcpConnectChurnBenchmark.CONNECTIONS;
        toEnd = TcpConnectChurnBenchmark.CONNECTIONS;
        for (int i = 0; i < TcpConnectChurnBenchmark.CONCURRENT; i++) {
            connect();
        }
        while (toEnd > 0) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                ready(key);
            }
            selector.selectedKeys().clear();
        }
    }

    private void ready(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            for (SocketChannel accepted; (accepted = listener.accept()) != null; ) {
                accepted.close();
            }
            return;
        }
        SocketChannel client = (SocketChannel) key.channel();
        if (key.isConnectable()) {
            client.finishConnect();
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            key.interestOps(SelectionKey.OP_READ);
        }
        if (client.read(buffer.clear()) < 0) {
            client.close();
            toEnd--;
            connect();
        }
    }

    private void connect() throws IOException {
        if (toBegin > 0) {
            toBegin--;
            SocketChannel client = SocketChannel.open();
            client.configureBlocking(false);
            boolean connected = client.connect(listener.getLocalAddress());
            client.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
        }
    }
}
