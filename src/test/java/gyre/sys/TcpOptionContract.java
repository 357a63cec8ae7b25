package gyre.sys;

import static gyre.sys.NativeSocketOptions.SO_BUSY_POLL;
import static gyre.sys.NativeSocketOptions.SO_INCOMING_CPU;
import static gyre.sys.NativeSocketOptions.TCP_DEFER_ACCEPT;
import static gyre.sys.NativeSocketOptions.TCP_FASTOPEN;
import static gyre.sys.NativeSocketOptions.TCP_FASTOPEN_CONNECT;
import static gyre.sys.NativeSocketOptions.TCP_INFO;
import static gyre.sys.NativeSocketOptions.TCP_MAXSEG;
import static gyre.sys.NativeSocketOptions.TCP_NOTSENT_LOWAT;
import static gyre.sys.NativeSocketOptions.TCP_USER_TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.natives.Layout;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What tunes TCP, on any backend: each works, or is refused by name. The numbers of raw options here are Linux's. */
abstract class TcpOptionContract extends BackendContract {
    /** Whether it has {@link NativeSocketOptions}, on this system all of them. */
    abstract boolean hasNativeOptions();

    @Test
    void whatIsListedWorksAndNothingElse() throws IOException {
        StreamSocket stream = pair().client().socket();
        ListenSocket listener = listen();
        PacketSocket packet = keep(backend().packet(INET));
        for (SocketOption<?> option : NativeSocketOptions.all()) {
            assertEquals(stream.options().contains(option), reads(option, () -> stream.option(option)), "" + option);
            assertEquals(
                    listener.options().contains(option), reads(option, () -> listener.option(option)), "" + option);
            assertEquals(packet.options().contains(option), reads(option, () -> packet.option(option)), "" + option);
        }
        for (SocketOption<?> option :
                List.of(SO_BUSY_POLL, SO_INCOMING_CPU, TCP_MAXSEG, TCP_NOTSENT_LOWAT, TCP_USER_TIMEOUT)) {
            assertEquals(hasNativeOptions(), stream.options().contains(option), option.name());
            assertEquals(hasNativeOptions(), listener.options().contains(option), option.name());
        }
        assertEquals(hasNativeOptions(), stream.options().containsAll(List.of(TCP_FASTOPEN_CONNECT, TCP_INFO)));
        assertEquals(hasNativeOptions(), listener.options().containsAll(List.of(TCP_FASTOPEN, TCP_DEFER_ACCEPT)));
        assertEquals(hasNativeOptions(), packet.options().containsAll(List.of(SO_BUSY_POLL, SO_INCOMING_CPU)));
    }

    private interface Read {
        Object read() throws IOException;
    }

    private boolean reads(SocketOption<?> option, Read read) throws IOException {
        try {
            read.read();
            return true;
        } catch (UnsupportedOperationException e) {
            assertTrue(e.getMessage().contains(option.name()), e.getMessage());
            assertTrue(hasNativeOptions() || e.getMessage().contains("epoll"), e.getMessage());
            return false;
        }
    }

    @Test
    void numbersOfAStreamAreReadBackWithinTheirBounds() throws IOException {
        if (refused(stream(), Map.of(TCP_NOTSENT_LOWAT, 1, TCP_USER_TIMEOUT, 1, SO_INCOMING_CPU, 0))) {
            return;
        }
        StreamSocket socket = stream();
        for (SocketOption<Integer> option : List.of(TCP_NOTSENT_LOWAT, TCP_USER_TIMEOUT)) {
            for (int value : new int[] {1, 16_384, Integer.MAX_VALUE, 0}) {
                socket.option(option, value);
                assertEquals(value, socket.option(option), option.name());
            }
            assertBound(socket, option, -1, "0");
        }
        socket.option(TCP_MAXSEG, 1000);
        assertEquals(1000, socket.option(TCP_MAXSEG));
        assertBound(socket, TCP_MAXSEG, 87, "88");
        assertBound(socket, TCP_MAXSEG, 32_768, "32767");
        socket.option(SO_INCOMING_CPU, 1);
        assertEquals(1, socket.option(SO_INCOMING_CPU));
        assertBound(socket, SO_INCOMING_CPU, -2, "-1");
        assertBound(socket, SO_BUSY_POLL, -1, "0");
        socket.option(SO_BUSY_POLL, 0);
        assertEquals(0, socket.option(SO_BUSY_POLL));
    }

    private static void assertBound(StreamSocket socket, SocketOption<Integer> option, int value, String bound)
            throws IOException {
        Integer before = socket.option(option);
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> socket.option(option, value));
        String message = thrown.getMessage();
        assertTrue(message.contains(option.name()) && message.contains(bound) && message.contains("" + value), message);
        assertEquals(before, socket.option(option), "unchanged");
    }

    /** Whether this backend has none of them, and says so. */
    private boolean refused(StreamSocket socket, Map<SocketOption<Integer>, Integer> values) {
        if (hasNativeOptions()) {
            return false;
        }
        values.forEach((option, value) -> {
            Exception set = assertThrows(UnsupportedOperationException.class, () -> socket.option(option, value));
            assertTrue(set.getMessage().contains(option.name() + ", only the backends epoll"), set.getMessage());
        });
        return true;
    }

    @Test
    void aListenerHandsItsOptionsDown() throws IOException {
        ListenSocket listener = keep(backend().listener(INET));
        if (!hasNativeOptions()) {
            assertThrows(UnsupportedOperationException.class, () -> listener.option(TCP_USER_TIMEOUT, 4321));
            return;
        }
        listener.option(TCP_USER_TIMEOUT, 4321);
        listener.option(TCP_NOTSENT_LOWAT, 65_536);
        listener.listen(ANY_PORT, 8);
        connect(stream(), listener.localAddress());
        StreamSocket accepted = accept(listener);
        assertEquals(4321, accepted.option(TCP_USER_TIMEOUT));
        assertEquals(65_536, accepted.option(TCP_NOTSENT_LOWAT));
        assertEquals(true, accepted.option(StandardSocketOptions.TCP_NODELAY));
    }

    /** A socket that may hold little unsent takes less than one that may hold all. */
    @Test
    void whatMayWaitUnsentIsBounded() throws IOException {
        if (!hasNativeOptions()) {
            assertThrows(UnsupportedOperationException.class, () -> stream().option(TCP_NOTSENT_LOWAT, 4096));
            return;
        }
        long bounded = taken(4096);
        long unbounded = taken(0);
        assertTrue(bounded + 100_000 < unbounded, bounded + " and " + unbounded);
    }

    private long taken(int lowat) throws IOException {
        ListenSocket listener = keep(backend().listener(INET));
        listener.option(StandardSocketOptions.SO_RCVBUF, 20_000);
        listener.listen(ANY_PORT, 8);
        StreamSocket client = stream();
        client.option(TCP_NOTSENT_LOWAT, lowat);
        client.option(StandardSocketOptions.SO_SNDBUF, 1 << 20);
        connect(client, listener.localAddress());
        StreamSocket server = accept(listener); // which never reads
        long sum = 0;
        while (true) {
            int n = client.write(Buf.copyOf(new byte[4096]));
            if (n <= 0) {
                assertTrue(server.isOpen());
                return sum;
            }
            sum += n;
        }
    }

    @Test
    void aDeferredConnectionIsNotAcceptedBeforeItHasSpoken() throws IOException {
        ListenSocket listener = keep(backend().listener(INET));
        if (!hasNativeOptions()) {
            assertThrows(UnsupportedOperationException.class, () -> listener.option(TCP_DEFER_ACCEPT, 30));
            return;
        }
        assertThrows(IllegalArgumentException.class, () -> listener.option(TCP_DEFER_ACCEPT, -1));
        listener.option(TCP_DEFER_ACCEPT, 30);
        Integer seconds = listener.option(TCP_DEFER_ACCEPT);
        assertTrue(seconds != null && seconds >= 30 && seconds < 120, "rounded up: " + seconds);
        listener.listen(ANY_PORT, 8);
        Link client = connect(stream(), listener.localAddress());
        assertNull(listener.accept(), "connected and silent");
        client.write(Buf.copyOf("hello"));
        StreamSocket accepted = accept(listener);
        Buf read = Buf.allocate(16);
        assertEquals(5, accepted.read(read), "at once");
        assertEquals("hello", read.text(StandardCharsets.UTF_8));
    }

    /** Whether the system allows it is another matter: what is written arrives either way. */
    @Test
    void fastOpenArrives() throws IOException {
        ListenSocket listener = keep(backend().listener(INET));
        if (!hasNativeOptions()) {
            assertThrows(UnsupportedOperationException.class, () -> listener.option(TCP_FASTOPEN, 16));
            assertThrows(UnsupportedOperationException.class, () -> stream().option(TCP_FASTOPEN_CONNECT, true));
            return;
        }
        listener.option(TCP_FASTOPEN, 16);
        assertEquals(16, listener.option(TCP_FASTOPEN));
        listener.listen(ANY_PORT, 8);
        for (int i = 0; i < 3; i++) {
            StreamSocket socket = stream();
            assertEquals(false, socket.option(TCP_FASTOPEN_CONNECT));
            socket.option(TCP_FASTOPEN_CONNECT, true);
            assertEquals(true, socket.option(TCP_FASTOPEN_CONNECT));
            Link client = connect(socket, listener.localAddress());
            assertEquals(listener.localAddress(), socket.remoteAddress());
            client.write(Buf.copyOf("early"));
            Link server = watch(accept(listener));
            assertText("early", server.readAll(5));
            server.write(Buf.copyOf("answer"));
            assertText("answer", client.readAll(6));
            assertEquals(socket.localAddress(), server.socket().remoteAddress());
        }
    }

    @Test
    void theConnectionsNumbersFollowItsTraffic() throws IOException {
        if (!hasNativeOptions()) {
            assertThrows(UnsupportedOperationException.class, () -> stream().option(TCP_INFO));
            return;
        }
        assertEquals(TcpInfo.State.CLOSED, info(stream()).state());
        Pair pair = pair();
        StreamSocket client = pair.client().socket();
        TcpInfo before = info(client);
        assertEquals(TcpInfo.State.ESTABLISHED, before.state());
        assertEquals(TcpInfo.Congestion.OPEN, before.congestion());
        assertEquals(0, before.bytesReceived());
        for (int i = 0; i < 20; i++) {
            pair.client().write(Buf.copyOf(new byte[1000]));
            pair.server().readAll(1000);
            pair.server().write(Buf.copyOf("ok"));
            pair.client().readAll(2);
        }
        TcpInfo after = info(client);
        assertTrue(after.bytesAcked() - before.bytesAcked() >= 19_000, after + " after " + before);
        assertEquals(20_000, after.bytesSent() - before.bytesSent());
        assertEquals(40, after.bytesReceived());
        assertTrue(info(pair.server().socket()).bytesReceived() == 20_000, "the other end");
        assertFalse(after.rttVariance().isNegative(), "" + after);
        for (Duration time : List.of(after.rtt(), after.minRtt(), after.retransmitTimeout())) {
            assertTrue(time.compareTo(Duration.ZERO) > 0 && time.compareTo(Duration.ofSeconds(10)) < 0, "" + after);
        }
        assertTrue(after.minRtt().compareTo(after.retransmitTimeout()) < 0, "" + after);
        assertTrue(after.sendSegment() > 500 && after.sendSegment() <= after.pathMtu(), "" + after);
        assertTrue(after.congestionWindow() > 0 && after.receiveSpace() > 0 && after.peerWindow() > 0, "" + after);
        assertTrue(after.deliveryRate() > 0 && after.pacingRate() != 0, "" + after);
        assertTrue(after.sinceSent().toSeconds() < 60 && after.sinceReceived().toSeconds() < 60, "" + after);
        assertEquals(0, after.notSent());
        assertEquals(0, after.totalRetransmits());
        assertEquals(0, after.lost());
        assertEquals(0, after.bytesRetransmitted());
    }

    private static TcpInfo info(StreamSocket socket) throws IOException {
        TcpInfo info = socket.option(TCP_INFO);
        assertNotNull(info);
        return info;
    }

    @Test
    void theNumbersCanOnlyBeRead() throws IOException {
        TcpInfo info = hasNativeOptions() ? info(pair().client().socket()) : null;
        StreamSocket socket = stream();
        Exception thrown = assertThrows(UnsupportedOperationException.class, () -> socket.option(TCP_INFO, info));
        assertTrue(thrown.getMessage().contains("TCP_INFO"), thrown.getMessage());
        socket.close();
        Class<? extends Exception> expected =
                hasNativeOptions() ? ClosedChannelException.class : UnsupportedOperationException.class;
        assertThrows(expected, () -> socket.option(TCP_INFO));
    }

    @Test
    void aRawNumberIsTheOptionItNames() throws IOException {
        SocketOption<Integer> noDelay = NativeSocketOptions.raw(Layout.IPPROTO_TCP, Layout.TCP_NODELAY);
        StreamSocket socket = stream();
        if (refused(socket, Map.of(noDelay, 1))) {
            return;
        }
        assertFalse(socket.options().contains(noDelay));
        assertEquals(1, socket.option(noDelay));
        socket.option(noDelay, 0);
        assertEquals(false, socket.option(StandardSocketOptions.TCP_NODELAY));
        SocketOption<Integer> priority = NativeSocketOptions.raw(Layout.SOL_SOCKET, Layout.SO_PRIORITY);
        PacketSocket packet = keep(backend().packet(INET));
        ListenSocket unix = keep(backend().listener(StandardProtocolFamily.UNIX));
        packet.option(priority, 3);
        unix.option(priority, 4);
        assertEquals(3, packet.option(priority));
        assertEquals(4, unix.option(priority));
    }

    @Test
    void rawBytesAreAStructureOrAText() throws IOException {
        int tcpCongestion = 13;
        SocketOption<byte[]> congestion = NativeSocketOptions.rawBytes(Layout.IPPROTO_TCP, tcpCongestion, 16);
        SocketOption<byte[]> linger = NativeSocketOptions.rawBytes(Layout.SOL_SOCKET, Layout.SO_LINGER, 8);
        StreamSocket socket = stream();
        if (!hasNativeOptions()) {
            assertThrows(UnsupportedOperationException.class, () -> socket.option(congestion));
            return;
        }
        socket.option(congestion, "reno".getBytes(StandardCharsets.US_ASCII));
        assertEquals("reno", new String(socket.option(congestion), StandardCharsets.US_ASCII).trim());
        ByteBuffer value = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(0, 1)
                .putInt(4, 7);
        socket.option(linger, value.array());
        assertArrayEquals(value.array(), socket.option(linger));
        assertEquals(7, socket.option(StandardSocketOptions.SO_LINGER));
        Exception tooLong = assertThrows(IllegalArgumentException.class, () -> socket.option(linger, new byte[9]));
        assertTrue(tooLong.getMessage().contains("at most 8"), tooLong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> socket.option(linger, null));
    }

    @Test
    void aRawOptionThatNobodyKnowsIsUnsupported() throws IOException {
        SocketOption<Integer> nonsense = NativeSocketOptions.raw(Layout.IPPROTO_TCP, 9999);
        StreamSocket socket = stream();
        for (var call : List.<Read>of(() -> socket.option(nonsense), () -> set(socket, nonsense, 1))) {
            Exception thrown = assertThrows(UnsupportedOperationException.class, call::read);
            assertTrue(thrown.getMessage().contains("6/9999"), thrown.getMessage());
        }
        if (hasNativeOptions()) {
            SocketOption<Integer> maxSegment = NativeSocketOptions.raw(Layout.IPPROTO_TCP, Layout.TCP_MAXSEG);
            IOException refused = assertThrows(IOException.class, () -> socket.option(maxSegment, 1));
            assertTrue(
                    refused.getMessage().contains("6/2") && refused.getMessage().contains("EINVAL"), "" + refused);
        }
    }

    private static <T> Object set(StreamSocket socket, SocketOption<T> option, T value) throws IOException {
        socket.option(option, value);
        return "set";
    }

    @Test
    void rawLengthsAreBounded() {
        for (int length : new int[] {-1, 0, 1025}) {
            Exception thrown =
                    assertThrows(IllegalArgumentException.class, () -> NativeSocketOptions.rawBytes(1, 2, length));
            assertTrue(
                    thrown.getMessage().contains("1024") && thrown.getMessage().contains("" + length));
        }
        assertThrows(IllegalArgumentException.class, () -> new RawSocketOption<>(Integer.class, 1, 2, 8));
        assertThrows(IllegalArgumentException.class, () -> new RawSocketOption<>(Long.class, 1, 2, 8));
        assertEquals(NativeSocketOptions.raw(1, 2), NativeSocketOptions.raw(1, 2));
    }
}
