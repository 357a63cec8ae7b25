package gyre.sys.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.sys.ListenSocket;
import gyre.sys.Ready;
import gyre.sys.ResourceLimitException;
import gyre.sys.Selector;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What java.nio does otherwise than a socket should, or says without words. */
class NioStreamTest {
    @Test
    void peekedBytesAreReadFirstAndWholeHoweverTheyArrive() throws IOException {
        try (Pair pair = Pair.open()) {
            assertEquals(Transfer.NOT_READY, pair.server().peek(Buf.allocate(8)));
            pair.client().write(Buf.copyOf("ab"));
            assertEquals("ab", peek(pair.server(), 8, 2));
            assertEquals("a", peek(pair.server(), 1, 1));
            pair.client().write(Buf.copyOf("cdef"));
            assertEquals("abcdef", peek(pair.server(), 8, 6));
            assertEquals("abcd", peek(pair.server(), 4, 4));

            Buf into = Buf.allocate(4);
            assertEquals(4, pair.server().read(into));
            assertEquals("ef", peek(pair.server(), 8, 2));
            pair.client().shutdownOutput();
            into.skip(4).compact();
            assertEquals(2, pair.server().read(into));
            assertEquals("ef", into.text(StandardCharsets.UTF_8));
            assertEquals(Transfer.END, untilReady(pair.server()));
            assertEquals(Transfer.END, pair.server().peek(Buf.allocate(8)));
        }
    }

    /** Peeks until so many bytes are there, none of which is consumed. */
    private static String peek(StreamSocket socket, int room, int bytes) throws IOException {
        Buf into = Buf.allocate(room);
        while (into.clear().readable() < bytes) {
            socket.peek(into);
            if (into.readable() == bytes) {
                break;
            }
        }
        return into.text(StandardCharsets.UTF_8);
    }

    private static int untilReady(StreamSocket socket) throws IOException {
        int answer;
        do {
            answer = socket.read(Buf.allocate(1));
        } while (answer == Transfer.NOT_READY);
        return answer;
    }

    @Test
    void rearmAfterAPeekTellsWhatTheKernelNoLongerHas() throws IOException {
        try (Pair pair = Pair.open();
                Selector selector = Pair.NIO.selector()) {
            Told told = new Told();
            selector.register(pair.server(), told);
            pair.client().write(Buf.copyOf("x"));
            peek(pair.server(), 1, 1);
            selector.rearm(pair.server(), Ready.READ);
            selector.select(-1);
            assertTrue(told.readable());
            assertEquals(1, pair.server().read(Buf.allocate(8)));
            selector.deregister(pair.server());
        }
    }

    @Test
    void aFullBufferIsRefusedAndNamed() throws IOException {
        try (Pair pair = Pair.open()) {
            Buf full = Buf.copyOf("full");
            for (var call : new Call[] {pair.server()::read, pair.server()::peek}) {
                var refused = assertThrows(IllegalArgumentException.class, () -> call.on(full));
                assertTrue(refused.getMessage().contains(full.toString()), refused.getMessage());
            }
        }
    }

    private interface Call {
        int on(Buf buf) throws IOException;
    }

    @Test
    void aRefusedConnectNamesAddressAndReason() throws IOException {
        InetSocketAddress nobody;
        try (ListenSocket listener = Pair.listener()) {
            nobody = (InetSocketAddress) listener.localAddress();
        }
        try (StreamSocket client = Pair.NIO.stream(StandardProtocolFamily.INET)) {
            var refused = assertThrows(ConnectException.class, () -> {
                client.connect(nobody);
                Pair.finish(client);
            });
            assertEquals("connect 127.0.0.1:" + nobody.getPort() + ": Connection refused", refused.getMessage());
            assertNull(client.remoteAddress());
            assertTrue(client.isOpen(), "close has not been called");
        }
    }

    @Test
    void addressesThatCanNotBeAreNamed() throws IOException {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("host.invalid", 80);
        try (StreamSocket client = Pair.NIO.stream(StandardProtocolFamily.INET);
                ListenSocket listener = Pair.listener();
                ListenSocket second = Pair.NIO.listener(StandardProtocolFamily.INET)) {
            for (Executes call : new Executes[] {
                () -> client.connect(unresolved), () -> client.bind(unresolved), () -> second.listen(unresolved, 1)
            }) {
                var unknown = assertThrows(UnknownHostException.class, call::run);
                assertTrue(unknown.getMessage().contains("host.invalid:80"), unknown.getMessage());
            }
            var path = UnixDomainSocketAddress.of("/tmp/x");
            var family = assertThrows(IllegalArgumentException.class, () -> client.connect(path));
            assertTrue(family.getMessage().contains("/tmp/x"), family.getMessage());

            var longPath = UnixDomainSocketAddress.of("/tmp/" + "x".repeat(300));
            try (ListenSocket unix = Pair.NIO.listener(StandardProtocolFamily.UNIX)) {
                assertThrows(IllegalArgumentException.class, () -> unix.listen(longPath, 1));
                assertThrows(IllegalArgumentException.class, () -> unix.listen(path, 0));
            }

            var used = assertThrows(BindException.class, () -> second.listen(listener.localAddress(), 1));
            int port = ((InetSocketAddress) listener.localAddress()).getPort();
            assertEquals("bind 127.0.0.1:" + port + ": Address already in use", used.getMessage());
        }
    }

    private interface Executes {
        void run() throws IOException;
    }

    @Test
    void connectingToItselfIsARefusal() throws IOException {
        InetSocketAddress free;
        try (ListenSocket listener = Pair.listener()) {
            free = (InetSocketAddress) listener.localAddress();
        }
        try (StreamSocket client = Pair.NIO.stream(StandardProtocolFamily.INET)) {
            client.bind(free);
            var itself = assertThrows(ConnectException.class, () -> {
                client.connect(free);
                Pair.finish(client);
            });
            assertTrue(itself.getMessage().contains("itself"), itself.getMessage());
        }
    }

    @Test
    void anUnconnectedSocketSaysSo() throws IOException {
        try (StreamSocket client = Pair.NIO.stream(StandardProtocolFamily.INET)) {
            for (Executes call : new Executes[] {
                () -> client.read(Buf.allocate(1)),
                () -> client.write(Buf.copyOf("x")),
                client::shutdownOutput,
                client::shutdownInput
            }) {
                var failure = assertThrows(SocketException.class, call::run);
                assertTrue(failure.getMessage().endsWith("not connected"), failure.getMessage());
            }
            assertEquals(new InetSocketAddress(0), client.localAddress());
        }
    }

    @Test
    void optionsAreCheckedAndNoDelayIsOn() throws IOException {
        try (Pair pair = Pair.open()) {
            assertEquals(true, pair.client().option(StandardSocketOptions.TCP_NODELAY));
            assertEquals(true, pair.server().option(StandardSocketOptions.TCP_NODELAY));
            assertNull(pair.client().option(StandardSocketOptions.SO_LINGER));
            pair.client().option(StandardSocketOptions.SO_LINGER, 7);
            assertEquals(7, pair.client().option(StandardSocketOptions.SO_LINGER));
            pair.client().option(StandardSocketOptions.SO_LINGER, -5);
            assertNull(pair.client().option(StandardSocketOptions.SO_LINGER));

            var high = assertThrows(
                    IllegalArgumentException.class,
                    () -> pair.client().option(StandardSocketOptions.SO_LINGER, 65_536));
            assertEquals("SO_LINGER must be from -1 to 65535: 65536", high.getMessage());
            var low = assertThrows(
                    IllegalArgumentException.class, () -> pair.client().option(StandardSocketOptions.SO_RCVBUF, 0));
            assertEquals("SO_RCVBUF must be from 1 to 2147483647: 0", low.getMessage());
            var none = assertThrows(
                    UnsupportedOperationException.class,
                    () -> pair.client().option(StandardSocketOptions.IP_MULTICAST_TTL, 1));
            assertTrue(none.getMessage().contains("IP_MULTICAST_TTL"), none.getMessage());
        }
    }

    @Test
    void closeWithLingerDoesNotBlock() throws IOException {
        Pair pair = Pair.open();
        try (StreamSocket unread = pair.server()) {
            Buf bytes = Buf.allocate(1 << 16);
            do {
                bytes.clear().advance(bytes.capacity());
            } while (pair.client().write(bytes) != Transfer.NOT_READY);
            pair.client().option(StandardSocketOptions.SO_LINGER, 20);
            long start = System.nanoTime();
            pair.client().close();
            long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            assertTrue(took < 10, () -> "close took " + took + " s");
            assertFalse(pair.client().isOpen());
            assertTrue(unread.isOpen());
        }
    }

    @Test
    void theLimitsOfTheSystemAreToldFromOtherErrors() {
        for (String text :
                new String[] {"Too many open files", "Cannot allocate memory", "No buffer space available"}) {
            IOException limit = Failures.limit("accept", new SocketException(text));
            assertInstanceOf(ResourceLimitException.class, limit);
            assertEquals("accept: " + text, limit.getMessage());
        }
        IOException other = new SocketException("Software caused connection abort");
        assertTrue(other == Failures.limit("accept", other));
    }
}
