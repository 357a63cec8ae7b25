package gyre.sys;

import static gyre.sys.NativeSocketOptions.IPV6_V6ONLY;
import static gyre.sys.NativeSocketOptions.IP_TTL;
import static java.net.StandardSocketOptions.IP_TOS;
import static java.net.StandardSocketOptions.SO_BROADCAST;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_REUSEPORT;
import static java.net.StandardSocketOptions.SO_SNDBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options of UDP sockets, on any backend; those of multicast are in its contract. */
abstract class PacketOptionContract extends PacketContract {
    /** Whether it has {@link NativeSocketOptions}. */
    abstract boolean hasNativeOptions();

    @Test
    void flagsAreReadBack() throws IOException {
        for (ProtocolFamily family : new ProtocolFamily[] {INET, INET6}) {
            PacketSocket socket = keep(backend().packet(family));
            for (SocketOption<Boolean> flag : List.of(SO_BROADCAST, SO_REUSEADDR, SO_REUSEPORT)) {
                for (boolean value : new boolean[] {true, false, true}) {
                    socket.option(flag, value);
                    assertEquals(value, socket.option(flag), flag.name());
                }
            }
        }
    }

    @Test
    void numbersAreReadBack() throws IOException {
        for (ProtocolFamily family : new ProtocolFamily[] {INET, INET6}) {
            PacketSocket socket = keep(backend().packet(family));
            socket.option(IP_TOS, 0x10);
            assertEquals(0x10, socket.option(IP_TOS));
            for (SocketOption<Integer> size : List.of(SO_SNDBUF, SO_RCVBUF)) {
                socket.option(size, 20_000);
                Integer actual = socket.option(size);
                assertTrue(actual != null && actual >= 20_000 && actual <= 40_000, size + ": " + actual);
                assertThrows(IllegalArgumentException.class, () -> socket.option(size, 0));
            }
        }
    }

    @Test
    void everyOptionOfferedCanBeRead() throws IOException {
        for (ProtocolFamily family : new ProtocolFamily[] {INET, INET6}) {
            PacketSocket socket = keep(backend().packet(family));
            assertTrue(socket.options().contains(SO_BROADCAST));
            for (SocketOption<?> option : socket.options()) {
                socket.option(option);
            }
        }
    }

    @Test
    void anUnknownOptionIsRefusedByName() throws IOException {
        PacketSocket socket = bound().socket();
        assertSays(
                "TCP_NODELAY",
                assertThrows(UnsupportedOperationException.class, () -> socket.option(TCP_NODELAY, true)));
        assertSays("TCP_NODELAY", assertThrows(UnsupportedOperationException.class, () -> socket.option(TCP_NODELAY)));
    }

    @Test
    void broadcastNeedsItsOption() throws IOException {
        PacketSocket socket = bound().socket();
        SocketAddress all = new InetSocketAddress("127.255.255.255", 9);
        socket.option(SO_BROADCAST, false);
        IOException thrown = assertThrows(IOException.class, () -> socket.send(Buf.copyOf("x"), all));
        assertSays("127.255.255.255", thrown);
        assertSays("Permission denied", thrown);
        Datagrams receiver = watch(packet(INET, new InetSocketAddress("0.0.0.0", 0)));
        socket.option(SO_BROADCAST, true);
        int port = ((InetSocketAddress) receiver.address()).getPort();
        socket.send(Buf.copyOf("to all"), new InetSocketAddress("127.255.255.255", port));
        assertEquals("to all", receiver.receive());
    }

    @Test
    void socketsShareAPortWhereAllSaySo() throws IOException {
        PacketSocket one = keep(backend().packet(INET));
        one.option(SO_REUSEPORT, true);
        one.bind(ANY_PORT);
        PacketSocket two = keep(backend().packet(INET));
        assertThrows(BindException.class, () -> two.bind(one.localAddress()));
        PacketSocket three = keep(backend().packet(INET));
        three.option(SO_REUSEPORT, true);
        three.bind(one.localAddress());
        assertEquals(one.localAddress(), three.localAddress());
    }

    @Test
    void theTimeToLiveIsReadBackOrRefusedByName() throws IOException {
        for (ProtocolFamily family : new ProtocolFamily[] {INET, INET6}) {
            PacketSocket socket = keep(backend().packet(family));
            if (!hasNativeOptions()) {
                assertSays("IP_TTL", assertThrows(UnsupportedOperationException.class, () -> socket.option(IP_TTL, 9)));
                continue;
            }
            for (int ttl : new int[] {1, 9, 255}) {
                socket.option(IP_TTL, ttl);
                assertEquals(ttl, socket.option(IP_TTL));
            }
            for (int ttl : new int[] {-1, 0, 256}) {
                assertSays("" + ttl, assertThrows(IllegalArgumentException.class, () -> socket.option(IP_TTL, ttl)));
            }
        }
    }

    @Test
    void anIpv6SocketLeavesIpv4AloneIfToldSo() throws IOException {
        PacketSocket six = keep(backend().packet(INET6));
        if (!hasNativeOptions()) {
            assertSays(
                    "IPV6_V6ONLY",
                    assertThrows(UnsupportedOperationException.class, () -> six.option(IPV6_V6ONLY, true)));
            return;
        }
        assertEquals(false, six.option(IPV6_V6ONLY));
        six.option(IPV6_V6ONLY, true);
        assertEquals(true, six.option(IPV6_V6ONLY));
        six.bind(new InetSocketAddress("::", 0));
        int port = ((InetSocketAddress) six.localAddress()).getPort();
        Datagrams four = watch(packet(INET, new InetSocketAddress("0.0.0.0", port)));
        Datagrams sender = bound();
        sender.send("for IPv4", new InetSocketAddress("127.0.0.1", port));
        assertEquals("for IPv4", four.receive());
    }

    /** It may be set only before the socket has an address. */
    @Test
    void anOptionThatTheKernelRefusesIsNamed() throws IOException {
        PacketSocket six = keep(backend().packet(INET6));
        six.bind(new InetSocketAddress("::1", 0));
        Class<? extends Exception> refusal =
                hasNativeOptions() ? IOException.class : UnsupportedOperationException.class;
        assertSays("IPV6_V6ONLY", assertThrows(refusal, () -> six.option(IPV6_V6ONLY, true)));
    }

    @Test
    void aTcpSocketHasATimeToLiveToo() throws IOException {
        StreamSocket stream = stream();
        ListenSocket listener = keep(backend().listener(INET6));
        if (!hasNativeOptions()) {
            assertThrows(UnsupportedOperationException.class, () -> stream.option(IP_TTL, 9));
            assertThrows(UnsupportedOperationException.class, () -> listener.option(IPV6_V6ONLY, true));
            return;
        }
        stream.option(IP_TTL, 9);
        assertEquals(9, stream.option(IP_TTL));
        listener.option(IPV6_V6ONLY, true);
        listener.listen(new InetSocketAddress("::", 0), 8);
        listen(INET, new InetSocketAddress("0.0.0.0", ((InetSocketAddress) listener.localAddress()).getPort()));
    }
}
