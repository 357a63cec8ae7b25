package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.io.Copy;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Sockets that were opened elsewhere: by descriptor on POSIX backends, by channel on NIO. */
@EveryBackend
class AdoptTest extends OnLoop {
    AdoptTest(Backend backend) {
        super(backend);
    }

    @Test
    void aListeningDescriptor() throws Exception {
        if (!hasDescriptors()) {
            return;
        }
        Numbered<ServerSocketChannel> foreign = numbered(ServerSocketChannel::open);
        foreign.channel().bind(loopback(0));
        TcpListener listener = later(TcpListener.fromDescriptor(foreign.number(), handle));
        foreign.channel().close(); // it was duplicated
        assertServes(listener);
    }

    /** Row 24: the description lives on in the original, and with it what epoll was asked to tell. */
    @Test
    void aDuplicateIsTakenOutOfTheQueueBeforeItIsClosed() throws Exception {
        if (!hasDescriptors() || backend.name().equals("erratic")) { // which ends waits for no reason
            return;
        }
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
            Numbered<SocketChannel> foreign = numbered(SocketChannel::open);
            foreign.channel().connect(server.getLocalAddress());
            SocketChannel theirs = later(server.accept());
            TcpStream duplicate = TcpStream.fromDescriptor(foreign.number(), handle);
            settle();
            duplicate.close();
            theirs.write(ByteBuffer.wrap(new byte[1]));
            Duration tick = Duration.ofMillis(10);
            long start = System.nanoTime();
            core.turn(tick);
            assertTrue(System.nanoTime() - start >= tick.toNanos(), "woken by the event of a closed descriptor");
            assertEquals(1, foreign.channel().read(ByteBuffer.allocate(2)));
        }
    }

    @Test
    void aListeningChannel() throws Exception {
        if (!hasChannels()) {
            return;
        }
        ServerSocketChannel channel = ServerSocketChannel.open().bind(loopback(0));
        TcpListener listener = later(TcpListener.fromChannel(channel, handle));
        assertServes(listener);
        listener.close();
        assertFalse(channel.isOpen(), "the listener owns it");
    }

    @Test
    void aConnectedChannel() throws Exception {
        if (!hasChannels()) {
            return;
        }
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
            SocketChannel channel = SocketChannel.open(server.getLocalAddress());
            SocketChannel theirs = later(server.accept());
            TcpStream stream = later(TcpStream.fromChannel(channel, handle));
            assertEquals(server.getLocalAddress(), stream.remoteAddress());
            theirs.write(ByteBuffer.wrap("hello".getBytes()));
            assertEquals("hello", run(expect(stream, "hello")));
        }
    }

    @Test
    void whatTheBackendCannotAdoptIsNamedWithThoseThatCan() throws Exception {
        if (posix()) {
            try (ServerSocketChannel channel = ServerSocketChannel.open();
                    SocketChannel socket = SocketChannel.open()) {
                assertSays("nio", () -> TcpListener.fromChannel(channel, handle));
                assertSays("nio", () -> TcpStream.fromChannel(socket, handle));
            }
        } else {
            assertSays("epoll", () -> TcpListener.fromDescriptor(0, handle));
            assertSays("epoll", () -> TcpStream.fromDescriptor(0, handle));
        }
    }

    private static void assertSays(String word, Callable<?> adopt) {
        UnsupportedOperationException e = assertThrows(UnsupportedOperationException.class, adopt::call);
        assertTrue(e.getMessage().contains(word), e.getMessage());
    }

    @Test
    void theWrongKindOfDescriptorIsRefusedAndNotLost() throws Exception {
        if (!hasDescriptors()) {
            return;
        }
        Numbered<ServerSocketChannel> listening = numbered(ServerSocketChannel::open);
        Numbered<SocketChannel> connecting = numbered(SocketChannel::open);
        connecting.channel().connect(listening.channel().bind(loopback(0)).getLocalAddress());
        int listener = listening.number();
        int stream = connecting.number();
        OpenDescriptors before = OpenDescriptors.now();
        assertRefused("" + listener, () -> TcpStream.fromDescriptor(listener, handle));
        assertRefused("" + stream, () -> TcpListener.fromDescriptor(stream, handle));
        before.assertNoMore();
    }

    @Test
    void aPipeIsNoSocket() throws Exception {
        if (!hasDescriptors()) {
            return;
        }
        OpenDescriptors first = OpenDescriptors.now();
        Pipe pipe = Pipe.open();
        later(pipe.sink());
        later(pipe.source());
        for (int number : added(first)) {
            assertRefused("descriptor", () -> TcpStream.fromDescriptor(number, handle));
            assertRefused("descriptor", () -> TcpListener.fromDescriptor(number, handle));
        }
        first = OpenDescriptors.now();
        IOException e = assertThrows(IOException.class, () -> TcpStream.fromDescriptor(-1, handle));
        assertTrue(e.getMessage().contains("-1"), e.getMessage());
        first.assertNoMore();
    }

    /** Its addresses are paths, which a TcpStream could not tell. */
    @Test
    void aUnixSocketIsNoTcpSocket() throws Exception {
        Path path = Files.createTempDirectory("gyre").resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Numbered<SocketChannel> client = numbered(() -> SocketChannel.open(StandardProtocolFamily.UNIX));
            client.channel().connect(UnixDomainSocketAddress.of(path));
            if (posix()) {
                OpenDescriptors before = OpenDescriptors.now();
                assertRefused("TCP", () -> TcpStream.fromDescriptor(client.number(), handle));
                before.assertNoMore();
            } else {
                assertRefused("TCP", () -> TcpStream.fromChannel(client.channel(), handle));
                assertRefused("TCP", () -> TcpListener.fromChannel(server, handle));
            }
        } finally {
            Files.deleteIfExists(path);
            Files.delete(path.getParent());
        }
    }

    @Test
    void anUnconnectedSocketIsRefused() throws Exception {
        Numbered<SocketChannel> channel = numbered(SocketChannel::open);
        if (posix()) {
            assertRefused("connected", () -> TcpStream.fromDescriptor(channel.number(), handle));
        } else {
            assertRefused("connected", () -> TcpStream.fromChannel(channel.channel(), handle));
        }
    }

    private static void assertRefused(String word, Callable<?> adopt) {
        Exception e = assertThrows(IllegalArgumentException.class, adopt::call);
        assertTrue(e.getMessage().contains(word), e.getMessage());
    }

    private void assertServes(TcpListener listener) throws Exception {
        Socket client = client(listener.localAddress());
        TcpStream stream = later(run(listener.accept()));
        handle.spawn(Copy.copy(stream, stream));
        run(await(aside(() -> {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
            return "served";
        })));
    }

    /** Where there are none, it has to say so. */
    private boolean hasDescriptors() {
        if (!posix()) {
            assertSays("epoll", () -> TcpListener.fromDescriptor(0, handle));
        }
        return posix();
    }

    private boolean hasChannels() throws IOException {
        if (posix()) {
            try (ServerSocketChannel channel = ServerSocketChannel.open()) {
                assertSays("nio", () -> TcpListener.fromChannel(channel, handle));
            }
        }
        return !posix();
    }

    private static TreeSet<Integer> added(OpenDescriptors before) throws IOException {
        TreeSet<Integer> numbers = new TreeSet<>(OpenDescriptors.now().numbers());
        numbers.removeAll(before.numbers());
        return numbers;
    }

    private interface Opening<C> {
        C open() throws IOException;
    }

    private record Numbered<C>(C channel, int number) {}

    /** A channel doesn't tell its number, the difference does. */
    private <C extends java.io.Closeable> Numbered<C> numbered(Opening<C> opening) throws IOException {
        opening.open().close(); // the first one opens more than itself
        OpenDescriptors before = OpenDescriptors.now();
        C channel = later(opening.open());
        TreeSet<Integer> added = added(before);
        assertEquals(1, added.size());
        return new Numbered<>(channel, added.first());
    }
}
