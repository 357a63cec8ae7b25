package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.natives.Libc;
import gyre.sys.PacketSocket;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.SocketPair;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whether a socket is told that it may write: of those whose peer's every read is an edge, only if a write was refused. */
@EnabledOnOs(OS.LINUX)
class EpollWritingTest implements Selector.Watcher {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final Selector selector = new EpollBackend().selector();
    private final StreamSocket near;
    private final StreamSocket far;
    private int ready = Ready.READ | Ready.WRITE;
    private boolean waits;
    private int calls;

    EpollWritingTest() throws IOException {
        SocketPair<StreamSocket> pair = Sockets.streamPair();
        near = pair.first();
        far = pair.second();
    }

    /** As one who waits for nothing but to write after a refusal. */
    @Override
    public int ready(int bits) {
        calls++;
        int idle = waits ? 0 : ready & bits;
        ready |= bits;
        return idle;
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
        selector.close();
    }

    @Test
    void aUnixPeersReadsWakeNobody() throws IOException {
        selector.register(near, this);
        assertEquals(0, callsForAnExchange());
        selector.deregister(near);
    }

    @Test
    void whatADatagramsReceiverTakesWakesNobody() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (PacketSocket sender = Sockets.packet(StandardProtocolFamily.INET);
                PacketSocket receiver = Sockets.packet(StandardProtocolFamily.INET)) {
            sender.bind(any);
            receiver.bind(any);
            selector.register(sender, this);
            for (int i = 0; i < 3; i++) {
                sender.send(Buf.copyOf("x"), receiver.localAddress());
                assertEquals(1, receiver.receive(Buf.allocate(1)));
                selector.select(0);
            }
            assertEquals(0, calls);
            selector.deregister(sender);
        }
    }

    @Test
    void afterARefusedWriteItIsToldAndThenNoMore() throws IOException {
        selector.register(near, this);
        for (int round = 0; round < 3; round++) {
            refused();
            drain();
            long start = System.nanoTime();
            while ((ready & Ready.WRITE) == 0) {
                assertTrue(System.nanoTime() - start < PATIENCE);
                selector.select(PATIENCE);
            }
            waits = false;
            int needless = callsForAnExchange();
            assertTrue(needless <= 2, "the edge that nobody waited for, and the change: " + needless);
            assertEquals(0, callsForAnExchange());
        }
        selector.deregister(near);
    }

    @Test
    void roomThatWasMadeBeforeItIsAskedForIsTold() throws IOException {
        selector.register(near, this);
        fill();
        drain();
        ready &= ~Ready.WRITE;
        selector.rearm(near, Ready.WRITE);
        selector.select(0);
        assertEquals(Ready.WRITE, ready & Ready.WRITE);
        selector.deregister(near);
    }

    @Test
    void whatIsNoLongerWatchedIsNotAskedAbout() throws IOException {
        selector.register(near, this);
        selector.deregister(near);
        selector.rearm(near, Ready.WRITE);
        assertEquals(1, far.write(Buf.copyOf("x")));
        selector.select(0);
        assertEquals(0, calls);
    }

    @Test
    void aDescriptorThatOthersHaveClosedIsAnErrorToWhoWouldWait() throws IOException {
        SocketPair<StreamSocket> pair = Sockets.streamPair();
        try (StreamSocket peer = pair.second()) {
            selector.register(pair.first(), this);
            int fd = pair.first().descriptor();
            assertEquals(0, Libc.close(fd));
            UncheckedIOException thrown =
                    assertThrows(UncheckedIOException.class, () -> selector.rearm(pair.first(), Ready.WRITE));
            assertTrue(thrown.getMessage().contains("epoll_ctl change of descriptor " + fd), thrown.getMessage());
            assertEquals(Transfer.END, peer.read(Buf.allocate(1)));
        }
    }

    /** How often the near end is told something while the far end reads what it wrote. */
    private int callsForAnExchange() throws IOException {
        int before = calls;
        for (int i = 0; i < 3; i++) {
            assertEquals(1, near.write(Buf.copyOf("x")));
            assertEquals(1, far.read(Buf.allocate(1)));
            selector.select(0);
        }
        return calls - before;
    }

    private void refused() throws IOException {
        fill();
        ready &= ~Ready.WRITE;
        waits = true;
        selector.rearm(near, Ready.WRITE);
        selector.select(0);
        assertEquals(0, ready & Ready.WRITE, "told writable while nothing fits");
    }

    private void fill() throws IOException {
        Buf zeros = Buf.allocate(1 << 16);
        while (near.write(zeros.clear().advance(zeros.capacity())) != Transfer.NOT_READY) {}
    }

    private void drain() throws IOException {
        Buf into = Buf.allocate(1 << 16);
        while (far.read(into.clear()) != Transfer.NOT_READY) {}
    }
}
