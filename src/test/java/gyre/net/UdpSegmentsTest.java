package gyre.net;

import static gyre.sys.NativeSocketOptions.UDP_GRO;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.LinuxCall;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Many datagrams of one length with one call, and received so, wherever the system has it. */
@EveryBackend
class UdpSegmentsTest extends OnLoop {
    private static final int SOL_SOCKET = 1;
    private static final int SO_NO_CHECK = 11;

    UdpSegmentsTest(Backend backend) {
        super(backend);
    }

    @Test
    void theyArriveAsIfSentOneByOne() throws Exception {
        int[][] cases = {
            {1, 63},
            {100, 100},
            {100, 101},
            {1_200, 30_000},
            {1_472, 94_208},
            {30_000, 65_000},
            {40_000, 90_000},
            {500, 30}
        };
        for (int[] each : cases) {
            arrives(udp(), udp(), each[0], each[1]);
        }
        UdpSocket connected = udp();
        UdpSocket peer = udp();
        arrives(connected.connect(peer.localAddress()), peer, 1_000, 20_500);
    }

    @Test
    void theyArriveOverIpv6() throws Exception {
        InetSocketAddress local = new InetSocketAddress(Inet6Address.getByName("::1"), 0);
        arrives(later(UdpSocket.bind(local, handle)), later(UdpSocket.bind(local, handle)), 1_200, 30_100);
    }

    /** Without checksums Linux refuses to cut, but sends. */
    @Test
    void theyAreSentOneByOneWhereTheSystemDoesNotCut() throws Exception {
        UdpSocket from = udp();
        if (posix()) {
            ByteBuffer one = ByteBuffer.allocateDirect(4).putInt(0, -1);
            LinuxCall.of("setsockopt", from.descriptor(), SOL_SOCKET, SO_NO_CHECK, one, 4);
        }
        arrives(from, udp(), 1_200, 30_000);
    }

    private void arrives(UdpSocket from, UdpSocket to, int segment, int bytes) throws Exception {
        to.option(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        byte[] all = pattern(bytes);
        InetSocketAddress target = to.localAddress();
        Buf sent = Buf.copyOf(all);
        Buf got = Buf.allocate(bytes + 1);
        while (got.readable() < bytes) {
            if (got.readable() == bytes - sent.readable()) {
                int before = sent.readable();
                int count = run(segments(from, sent, segment, target));
                assertEquals(before - count, sent.readable());
                assertTrue(count > 0 && (count % segment == 0 || sent.readable() == 0), "whole ones: " + count);
            }
            int expected = Math.min(segment, bytes - got.readable());
            assertEquals(expected, run(to.receiveDatagram(got)).count());
            assertEquals(0, to.segmentSize());
        }
        assertArrayEquals(all, got.bytes(bytes));
        assertEquals(from.localAddress().getPort(), to.sender().getPort());
    }

    private static Future<Integer> segments(UdpSocket socket, Buf from, int segment, InetSocketAddress to) {
        return Futures.pollFn(task -> {
            int n = socket.remoteAddress() == null
                    ? socket.sendSegmentsTo(task, from, segment, to)
                    : socket.sendSegments(task, from, segment);
            return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
        });
    }

    @Test
    void nothingReadableSendsNothing() throws Exception {
        UdpSocket from = udp();
        UdpSocket to = udp();
        assertEquals(0, run(segments(from, Buf.allocate(10), 5, to.localAddress())));
        run(from.sendDatagram(Buf.copyOf("first"), to.localAddress()));
        assertEquals("first", run(receive(to)));
        Buf kept = Buf.copyOf("kept");
        assertSays(
                "at least 1 byte: 0",
                IllegalArgumentException.class,
                () -> run(segments(from, kept, 0, to.localAddress())));
        assertEquals(4, kept.readable());
    }

    @Test
    void whatCanNotBeSentStays() throws Exception {
        UdpSocket from = udp();
        UdpSocket to = udp();
        Buf tooLong = Buf.allocate(140_000).advance(140_000);
        assertThrows(IOException.class, () -> run(segments(from, tooLong, 70_000, to.localAddress())));
        assertEquals(140_000, tooLong.readable());
        from.connect(to.localAddress());
        InetSocketAddress other = udp().localAddress();
        Buf few = Buf.allocate(100).advance(100);
        assertThrows(
                IllegalStateException.class,
                () -> run(Futures.<Integer>pollFn(task -> {
                    int n = from.sendSegmentsTo(task, few, 10, other);
                    return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
                })));
        assertEquals(100, few.readable());
        run(from.sendDatagram(Buf.copyOf("whole"))); // not cut
        assertEquals("whole", run(receive(to)));
    }

    @Test
    void aPollSendsNoMoreThanItsBudget() throws Exception {
        UdpSocket from = udp();
        InetSocketAddress target = udp().localAddress();
        Buf tiny = Buf.allocate(2_000).advance(2_000);
        handle.spawn(Futures.pollFn(task -> {
            while (tiny.readable() > 0) {
                if (from.sendSegmentsTo(task, tiny, 1, target) == Io.NOT_READY) {
                    return Poll.pending();
                }
            }
            return Poll.done();
        }));
        while (tiny.readable() == 2_000) {
            core.turn(Duration.ofSeconds(1));
        }
        assertTrue(tiny.readable() >= 1_600 && tiny.readable() < 2_000, () -> tiny.readable() + " left");
        settle();
    }

    @Test
    void theyAreReceivedAsOne() throws Exception {
        UdpSocket to = udp();
        if (!posix()) {
            assertSays("UDP_GRO", UnsupportedOperationException.class, () -> to.option(UDP_GRO, true));
            return;
        }
        to.option(UDP_GRO, true);
        assertEquals(true, to.option(UDP_GRO));
        byte[] all = pattern(40 * 1_200 - 7);
        Buf sent = Buf.copyOf(all);
        UdpSocket from = udp();
        run(segments(from, sent, 1_200, to.localAddress()));
        assertEquals(0, sent.readable());
        Buf got = Buf.allocate(1 << 16);
        assertEquals(all.length, run(to.receiveDatagram(got)).count());
        assertEquals(1_200, to.segmentSize());
        assertEquals(from.localAddress(), to.sender());
        assertArrayEquals(all, got.bytes(all.length));

        run(from.sendDatagram(Buf.copyOf("alone"), to.localAddress()));
        assertEquals("alone", run(receive(to)));
        assertEquals(0, to.segmentSize());

        UdpSocket adopted = later(UdpSocket.fromDescriptor(to.descriptor(), handle));
        run(segments(from, Buf.copyOf(all), 1_200, to.localAddress()));
        assertEquals(all.length, run(adopted.receiveDatagram(got.clear())).count());
        assertEquals(1_200, adopted.segmentSize());

        to.option(UDP_GRO, false);
        run(segments(from, Buf.copyOf(Arrays.copyOf(all, 2_000)), 1_200, to.localAddress()));
        assertEquals(1_200, run(to.receiveDatagram(got.clear())).count());
        assertEquals(0, to.segmentSize());
        assertEquals(800, run(to.receiveDatagram(got.clear())).count());
    }

    @Test
    void framedSocketsRefuseSeveralInOne() throws Exception {
        if (!posix()) {
            return;
        }
        UdpSocket to = udp().option(UDP_GRO, true);
        UdpFramed<String, String> framed = to.framed(new UdpCodec<>() {
            @Override
            public String decode(InetSocketAddress sender, Buf datagram) {
                return datagram.text(StandardCharsets.UTF_8);
            }

            @Override
            public InetSocketAddress encode(String item, Buf into) {
                return null;
            }
        });
        UdpSocket from = udp();
        run(segments(from, Buf.allocate(2_400).advance(2_400), 1_200, to.localAddress()));
        assertSays("UDP_GRO", DatagramException.class, () -> run(framed.intoFuture()));
    }

    @Test
    void manyAllocateNothing() throws Exception {
        UdpSocket from = udp();
        InetSocketAddress target = udp().localAddress();
        Buf many = Buf.allocate(6_400);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            long before = AllocatedBytes.of(Thread.currentThread());
            int[] calls = {0};
            run(Futures.pollFn(task -> {
                for (; calls[0] < 5_000; calls[0]++) {
                    if (from.sendSegmentsTo(task, many.clear().advance(6_400), 100, target) == Io.NOT_READY) {
                        return Poll.pending();
                    }
                }
                return Poll.done();
            }));
            least = Math.min(least, AllocatedBytes.of(Thread.currentThread()) - before);
        }
        long bytes = least;
        assertTrue(bytes <= 2 * AllocatedBytes.CONSTANT, () -> bytes + " bytes for 5000 calls");
    }
}
