package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.testing.Tool;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a peer that is fixed means for a UDP socket, and what the network reports about it, on any backend. */
abstract class ConnectedPacketContract extends PacketContract {
    @Test
    void aConnectedSocketSendsToItsPeerAndHearsNobodyElse() throws IOException {
        Datagrams peer = bound();
        Datagrams stranger = bound();
        Datagrams a = bound();
        stranger.send("before", a.address());
        a.socket().connect(peer.address());
        assertEquals(peer.address(), a.socket().remoteAddress());
        stranger.send("after", a.address());
        a.send("hi", null);
        assertEquals("hi", peer.receive());
        assertEquals(a.address(), peer.socket().sender());
        peer.send("answer", a.address());
        assertEquals("answer", a.receive());
        assertEquals(peer.address(), a.socket().sender());
        assertEquals(Transfer.NOT_READY, a.socket().receive(Buf.allocate(9)));
    }

    @Test
    void aConnectedSocketSendsToNobodyElse() throws IOException {
        Datagrams a = bound();
        Datagrams peer = bound();
        SocketAddress other = bound().address();
        a.socket().connect(peer.address());
        Exception thrown =
                assertThrows(IllegalStateException.class, () -> a.socket().send(Buf.copyOf("x"), other));
        assertTrue(String.valueOf(thrown.getMessage()).contains("" + ((InetSocketAddress) other).getPort()));
        a.send("named", peer.address());
        assertEquals("named", peer.receive());
    }

    /** Addresses that differ in nothing but the scope are equal for the JDK. */
    @Test
    void aHostOfTheSameNameOnAnotherNetworkIsAnother() throws IOException {
        Inet6Address local = linkLocal();
        Datagrams a = watch(packet(INET6, new InetSocketAddress("::", 0)));
        Datagrams peer = watch(packet(INET6, new InetSocketAddress(local, 0)));
        int port = ((InetSocketAddress) peer.address()).getPort();
        a.socket().connect(new InetSocketAddress(local, port));
        Inet6Address elsewhere = Inet6Address.getByAddress(null, local.getAddress(), local.getScopeId() + 1);
        assertThrows(
                IllegalStateException.class,
                () -> a.socket().send(Buf.copyOf("x"), new InetSocketAddress(elsewhere, port)));
        a.send("named", new InetSocketAddress(local, port));
        assertEquals("named", peer.receive());
    }

    private static Inet6Address linkLocal() throws IOException {
        Optional<InetAddress> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each instanceof Inet6Address && each.isLinkLocalAddress())
                .findFirst();
        if (found.isEmpty()) {
            Tool.skip("ConnectedPacketContract: no interface has a link-local address");
        }
        return (Inet6Address) found.orElseThrow();
    }

    @Test
    void anotherConnectFixesAnotherPeer() throws IOException {
        Datagrams a = bound();
        Datagrams first = bound();
        Datagrams second = bound();
        SocketAddress local = a.address();
        a.socket().connect(first.address());
        a.send("1", null);
        a.socket().connect(second.address());
        assertEquals(second.address(), a.socket().remoteAddress());
        assertEquals(local, a.address());
        a.send("2", null);
        assertEquals("1", first.receive());
        assertEquals("2", second.receive());
    }

    /** Of another family, and one that a socket of the loopback can't reach. */
    @Test
    void aConnectThatIsRefusedLeavesTheFormerPeer() throws IOException {
        Datagrams a = bound();
        Datagrams peer = bound();
        SocketAddress local = a.address();
        a.socket().connect(peer.address());
        assertThrows(IllegalArgumentException.class, () -> a.socket().connect(new InetSocketAddress("::1", 9)));
        assertThrows(IOException.class, () -> a.socket().connect(new InetSocketAddress("192.0.2.1", 9)));
        assertEquals(peer.address(), a.socket().remoteAddress());
        assertEquals(local, a.address());
        a.send("still", null);
        assertEquals("still", peer.receive());
        peer.send("here", local);
        assertEquals("here", a.receive());
    }

    /** Row 43, ConnectNotExists. */
    @Test
    void aPortWhereNobodyListensIsReportedOnce() throws IOException {
        Datagrams a = bound();
        SocketAddress gone;
        try (PacketSocket nobody = backend().packet(INET)) {
            nobody.bind(ANY_PORT);
            gone = nobody.localAddress();
        }
        a.socket().connect(gone);
        for (int round = 0; round < 2; round++) {
            a.send("anyone?", null);
            PortUnreachableException thrown =
                    assertThrows(PortUnreachableException.class, () -> a.receive(Buf.allocate(9)));
            assertSays("" + ((InetSocketAddress) gone).getPort(), thrown);
            assertEquals(Transfer.NOT_READY, a.socket().receive(Buf.allocate(9)), "once");
        }
    }

    @Test
    void theReportMayComeWithASendWhichIsThenNotMade() throws IOException {
        Datagrams a = bound();
        Datagrams peer = bound();
        SocketAddress address = peer.address();
        a.socket().connect(address);
        selector.deregister(peer.socket());
        peer.socket().close();
        a.send("1", null);
        turns.await(a.socket(), a.told(), Ready.READ);
        Datagrams again = watch(packet(INET, address));
        Buf from = Buf.copyOf("2");
        assertThrows(PortUnreachableException.class, () -> a.socket().send(from, null));
        assertEquals(1, from.readable());
        a.send(from, null);
        assertEquals("2", again.receive());
    }

    @Test
    void anUnconnectedSocketHearsOfNoErrors() throws IOException {
        Datagrams a = bound();
        SocketAddress gone;
        try (PacketSocket nobody = backend().packet(INET)) {
            nobody.bind(ANY_PORT);
            gone = nobody.localAddress();
        }
        a.send("anyone?", gone);
        Datagrams b = bound();
        b.send("x", a.address());
        assertEquals("x", a.receive());
    }
}
