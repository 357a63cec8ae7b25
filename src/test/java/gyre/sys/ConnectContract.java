package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gyre.buffer.Buf;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How connections come about, and the addresses at their ends, on any backend. */
abstract class ConnectContract extends BackendContract {
    @Test
    void bothEndsKnowEachOther() throws IOException {
        StreamSocket client = stream();
        assertNull(client.remoteAddress());
        ListenSocket listener = listen();
        connect(client, listener.localAddress());
        StreamSocket server = accept(listener);
        assertEquals(listener.localAddress(), client.remoteAddress());
        assertEquals(client.localAddress(), server.remoteAddress());
        assertEquals(client.remoteAddress(), server.localAddress());
        assertTrue(client.finishConnect(), "asked again");
    }

    @Test
    void thePeersAddressOutlivesThePeer() throws IOException {
        Pair pair = pair();
        SocketAddress client = pair.client().socket().localAddress();
        selector.deregister(pair.client().socket());
        pair.client().socket().close();
        pair.server().read(Buf.allocate(1));
        assertEquals(client, pair.server().socket().remoteAddress());
    }

    /** Row 4. */
    @Test
    void aRefusedConnectSaysWhoRefused() throws IOException {
        SocketAddress nobody = nobody();
        ConnectException refused = assertThrows(ConnectException.class, () -> connect(stream(), nobody));
        String port = ":" + ((InetSocketAddress) nobody).getPort();
        assertTrue(refused.getMessage().contains(port), refused.getMessage());
    }

    /** Row 5: while the listener's queue is full the connect is undecided, and asking does not decide it. */
    @Test
    void anUndecidedConnectIsNotASuccess() throws IOException {
        ListenSocket listener = keep(backend().listener(INET));
        listener.listen(ANY_PORT, 1);
        StreamSocket undecided = null;
        for (int i = 0; i < 5 && undecided == null; i++) {
            StreamSocket socket = stream();
            boolean connected = socket.connect(listener.localAddress());
            long start = System.nanoTime();
            while (!connected && System.nanoTime() - start < 100_000_000) {
                connected = socket.finishConnect();
            }
            undecided = connected ? null : socket;
        }
        assertNotNull(undecided, "a backlog of 1 took five connections");
        assertFalse(undecided.finishConnect());
        assertNull(undecided.remoteAddress());
    }

    @Test
    void aStreamCanBeBoundBeforeItConnects() throws IOException {
        StreamSocket client = stream();
        client.bind(ANY_PORT);
        SocketAddress own = client.localAddress();
        ListenSocket listener = listen();
        connect(client, listener.localAddress());
        assertEquals(own, accept(listener).remoteAddress());
    }

    @Test
    void anUnresolvedAddressIsNamed() throws IOException {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.example", 80);
        StreamSocket socket = stream();
        for (var call : new ThrowingCall[] {() -> socket.connect(unresolved), () -> socket.bind(unresolved)}) {
            UnknownHostException thrown = assertThrows(UnknownHostException.class, call::run);
            assertTrue(thrown.getMessage().contains("nowhere.example"), thrown.getMessage());
        }
    }

    @Test
    void anAddressOfAnotherFamilyIsRefusedByName() throws IOException {
        SocketAddress six = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 80);
        SocketAddress unix = UnixDomainSocketAddress.of("/tmp/gyre");
        StreamSocket socket = stream();
        for (SocketAddress wrong : new SocketAddress[] {six, unix}) {
            Exception thrown = assertThrows(IllegalArgumentException.class, () -> socket.connect(wrong));
            String part = wrong == six ? "2001:db8:" : "/tmp/gyre";
            assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
        }
    }

    @Test
    void ipv6ConnectsToIpv6() throws IOException {
        assumeTrue(hasIpv6(), "no IPv6 on this host");
        SocketAddress local = new InetSocketAddress(InetAddress.getByName("::1"), 0);
        echo(pair(StandardProtocolFamily.INET6, local));
    }

    @Test
    void ipv6ConnectsToIpv4() throws IOException {
        assumeTrue(hasIpv6(), "no IPv6 on this host");
        ListenSocket listener = listen();
        Link client = connect(keep(backend().stream(StandardProtocolFamily.INET6)), listener.localAddress());
        echo(new Pair(client, watch(accept(listener))));
        assertEquals(listener.localAddress(), client.socket().remoteAddress());
    }

    @Test
    void ipv6ListenerAcceptsIpv4() throws IOException {
        assumeTrue(hasIpv6(), "no IPv6 on this host");
        ListenSocket listener =
                listen(StandardProtocolFamily.INET6, new InetSocketAddress(InetAddress.getByName("::"), 0));
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        Link client = connect(stream(), new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        StreamSocket server = accept(listener);
        assertEquals(client.socket().localAddress(), server.remoteAddress(), "not as a mapped address");
    }

    @Test
    void unixConnects(@TempDir Path folder) throws IOException {
        SocketAddress path = UnixDomainSocketAddress.of(folder.resolve("socket"));
        Pair pair = pair(StandardProtocolFamily.UNIX, path);
        echo(pair);
        assertEquals(path, pair.client().socket().remoteAddress());
        assertEquals(path, pair.server().socket().localAddress());
        assertEquals(UnixDomainSocketAddress.of(""), pair.server().socket().remoteAddress());
    }

    @Test
    void acceptAnswersNullWhileNobodyComes() throws IOException {
        assertNull(listen().accept());
    }

    @Test
    void everyoneWhoConnectsIsAccepted() throws IOException {
        ListenSocket listener = listen();
        for (int i = 0; i < 50; i++) {
            connect(stream(), listener.localAddress());
        }
        for (int i = 0; i < 50; i++) {
            accept(listener);
        }
        assertNull(listener.accept());
    }

    @Test
    void anAddressInUseIsNamed() throws IOException {
        SocketAddress taken = listen().localAddress();
        BindException thrown = assertThrows(BindException.class, () -> listen(INET, taken));
        String port = ":" + ((InetSocketAddress) taken).getPort();
        assertTrue(thrown.getMessage().contains(port), thrown.getMessage());
    }

    @Test
    void aListenerBindsWhereConnectionsAreStillDying() throws IOException {
        ListenSocket first = listen();
        SocketAddress local = first.localAddress();
        Link client = connect(stream(), local);
        StreamSocket server = accept(first);
        first.close();
        server.close(); // first, so that it is this port's side that waits
        assertEquals(-1, client.read(Buf.allocate(1)));
        selector.deregister(client.socket());
        client.socket().close();
        ListenSocket second = listen(INET, local);
        assertEquals(true, second.option(StandardSocketOptions.SO_REUSEADDR));
    }

    private static boolean hasIpv6() {
        try (var probe = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            probe.bind(new InetSocketAddress(InetAddress.getByName("::1"), 0));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void echo(Pair pair) throws IOException {
        pair.client().write(Buf.copyOf("ping"));
        assertText("ping", pair.server().readAll(4));
        pair.server().write(Buf.copyOf("pong"));
        assertText("pong", pair.client().readAll(4));
    }

    private interface ThrowingCall {
        void run() throws IOException;
    }
}
