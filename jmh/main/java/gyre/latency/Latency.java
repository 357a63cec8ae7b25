package gyre.latency;

import gyre.buffer.Buf;
import gyre.channel.Channel;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Io;
import gyre.net.UdpSocket;
import gyre.reactor.Blocking;
import gyre.reactor.BlockingIterator;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
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
 * The original's {@code benches/latency.rs}: one round trip at a time. Of a datagram of 1,000 bytes to a loop and back; of an
 * item through two bounded channels to a thread that blocks, and back; and through two unbounded ones with a loop in the middle.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class Latency {
    @Param({"epoll", "nio"})
    String backend;

    private LoopThread loop;
    private DatagramSocket client;
    private DatagramPacket packet;
    private Channel<Integer> toPeer;
    private Channel<Integer> fromPeer;
    private Channel<Integer> toLoop;
    private Channel<Integer> fromLoop;
    private BlockingIterator<Integer> peer;
    private BlockingIterator<Integer> looped;

    @Setup
    public void open() throws IOException, InterruptedException, ExecutionException {
        loop = new LoopThread(backend);
        InetSocketAddress server = loop.handle()
                .spawnFn(pinned -> {
                    UdpSocket socket =
                            UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pinned.handle());
                    pinned.spawn(Futures.pollFn(new UdpEcho(socket)::poll));
                    return Futures.ready(socket.localAddress());
                })
                .toCompletableFuture()
                .get();
        client = new DatagramSocket();
        client.connect(server);
        packet = new DatagramPacket(new byte[1000], 1000);

        toPeer = Channel.bounded(32);
        fromPeer = Channel.bounded(32);
        peer = Blocking.iterate(fromPeer.receiver());
        Thread thread = new Thread(this::answer, "peer");
        thread.setDaemon(true);
        thread.start();

        toLoop = Channel.unbounded();
        fromLoop = Channel.unbounded();
        looped = Blocking.iterate(fromLoop.receiver());
        loop.handle().spawn(toLoop.receiver().forward(fromLoop.sender()));
    }

    private void answer() {
        try {
            for (BlockingIterator<Integer> items = Blocking.iterate(toPeer.receiver()); items.hasNext(); ) {
                Blocking.block(fromPeer.sender().send(items.next()));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @TearDown
    public void close() throws IOException {
        toPeer.sender().close();
        client.close();
        loop.close();
    }

    @Benchmark
    public int udpEchoLatency() throws IOException {
        client.send(packet);
        client.receive(packet);
        return packet.getLength();
    }

    @Benchmark
    public int futuresChannelLatency() throws IOException, InterruptedException {
        Blocking.block(toPeer.sender().send(1));
        return peer.next();
    }

    @Benchmark
    public int tokioChannelLatency() throws IOException {
        toLoop.sender().trySend(1);
        return looped.next();
    }

    /** One datagram at a time, in a buffer of the original's 1,600 bytes. */
    private static final class UdpEcho {
        private final UdpSocket socket;
        private final Buf buf = Buf.allocate(1600);
        private InetSocketAddress to;

        UdpEcho(UdpSocket socket) {
            this.socket = socket;
        }

        Poll<Void> poll(Task task) throws IOException {
            while (true) {
                if (to == null) {
                    if (socket.receive(task, buf.clear()) == Io.NOT_READY) {
                        return Poll.pending();
                    }
                    to = socket.sender();
                }
                if (socket.sendTo(task, buf, to) == Io.NOT_READY) {
                    return Poll.pending();
                }
                to = null;
            }
        }
    }
}
