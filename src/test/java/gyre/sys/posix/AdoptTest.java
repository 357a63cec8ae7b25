package gyre.sys.posix;

import static gyre.natives.Layout.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.natives.Libc;
import gyre.sys.ListenSocket;
import gyre.sys.PacketSocket;
import gyre.sys.Selector;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What becomes of a descriptor that is adopted. */
@EnabledOnOs(OS.LINUX)
class AdoptTest {
    private static final SocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final EpollBackend backend = new EpollBackend();

    @Test
    void aPipeIsAByteStream() throws IOException {
        try (Pipe pipe = Pipe.open();
                PosixFile in = assertInstanceOf(PosixFile.class, backend.fromDescriptor(pipe.in()));
                PosixFile out = assertInstanceOf(PosixFile.class, backend.fromDescriptor(pipe.out()))) {
            Buf into = Buf.allocate(16);
            assertEquals(Transfer.NOT_READY, in.read(into));
            assertEquals(2, out.write(Buf.copyOf("ab")));
            assertEquals(3, out.write(new Buf[] {Buf.copyOf("c"), Buf.allocate(1), Buf.copyOf("de")}, 0, 3));
            assertEquals(5, in.read(into));
            assertEquals("abcde", into.text(StandardCharsets.UTF_8));
            Buf much = Buf.allocate(1 << 20);
            assertTrue(out.write(much.advance(1 << 20)) < 1 << 20);
            assertEquals(Transfer.NOT_READY, out.write(much));
            assertThrows(IllegalArgumentException.class, () -> in.read(Buf.allocate(0)));
        }
    }

    @Test
    void aPipeEndsWhenAllItsWritersHaveClosed() throws IOException {
        try (Pipe pipe = Pipe.open();
                PosixFile in = (PosixFile) backend.fromDescriptor(pipe.in())) {
            PosixFile out = (PosixFile) backend.fromDescriptor(pipe.out());
            out.close();
            assertEquals(Transfer.NOT_READY, in.read(Buf.allocate(1)), "the original is still open");
            pipe.closeOut();
            assertEquals(Transfer.END, in.read(Buf.allocate(1)));
        }
    }

    @Test
    void writingToAPipeThatNobodyReadsFails() throws IOException {
        try (Pipe pipe = Pipe.open();
                PosixFile out = (PosixFile) backend.fromDescriptor(pipe.out())) {
            pipe.closeIn();
            IOException thrown = assertThrows(IOException.class, () -> out.write(Buf.copyOf("x")));
            assertTrue(thrown.getMessage().contains("EPIPE"), thrown.getMessage());
        }
    }

    @Test
    void theOriginalStaysOpen() throws IOException {
        try (Pipe pipe = Pipe.open()) {
            backend.fromDescriptor(pipe.in()).close();
            assertEquals(0, Libc.fcntl(pipe.in(), F_GETFD, 0) & ~FD_CLOEXEC);
        }
    }

    @Test
    void aListenerAndAConnectionAreKnownAsSuch() throws IOException {
        try (PosixListener original = Sockets.listener(StandardProtocolFamily.INET)) {
            original.listen(ANY_PORT, 8);
            try (ListenSocket listener =
                            assertInstanceOf(ListenSocket.class, backend.fromDescriptor(original.fd.number()));
                    PosixStream client = Sockets.stream(StandardProtocolFamily.INET)) {
                assertEquals(original.localAddress(), listener.localAddress());
                client.connect(listener.localAddress());
                StreamSocket server = listener.accept();
                while (server == null) {
                    server = listener.accept();
                }
                assertEquals(true, server.option(StandardSocketOptions.TCP_NODELAY));
                try (StreamSocket adopted =
                        assertInstanceOf(StreamSocket.class, backend.fromDescriptor(client.fd.number()))) {
                    assertEquals(server.localAddress(), adopted.remoteAddress());
                    assertTrue(adopted.finishConnect());
                    assertTrue(adopted.shortReadDrains());
                    assertEquals(1, adopted.write(Buf.copyOf("x")));
                }
                server.close();
            }
            assertTrue(original.isOpen());
            assertNotNull(original.localAddress());
        }
    }

    /** As is documented: whoever closes it last would wait, and that may be the loop. The wish for a reset stays. */
    @Test
    void theCloseOfADuplicateTurnsTheLingeringOffThatItSharesWithTheOriginal() throws IOException {
        try (PosixListener listener = Sockets.listener(StandardProtocolFamily.INET);
                PosixStream original = Sockets.stream(StandardProtocolFamily.INET)) {
            listener.listen(ANY_PORT, 8);
            original.connect(listener.localAddress());
            original.option(StandardSocketOptions.TCP_NODELAY, false);
            original.option(StandardSocketOptions.SO_LINGER, 5);
            backend.fromDescriptor(original.fd.number()).close();
            assertNull(original.option(StandardSocketOptions.SO_LINGER));
            assertEquals(true, original.option(StandardSocketOptions.TCP_NODELAY));
            original.option(StandardSocketOptions.SO_LINGER, 0);
            backend.fromDescriptor(original.fd.number()).close();
            assertEquals(0, original.option(StandardSocketOptions.SO_LINGER));
        }
    }

    @Test
    void aUnixSocketIsDrainedOnlyByNotReady() throws IOException {
        try (PosixStream unix = Sockets.stream(StandardProtocolFamily.UNIX);
                StreamSocket adopted = (StreamSocket) backend.fromDescriptor(unix.fd.number())) {
            assertFalse(adopted.shortReadDrains());
        }
    }

    @Test
    void aDatagramSocketIsKnownAsSuchWithItsPeer() throws IOException {
        try (PosixPacket original = Sockets.packet(StandardProtocolFamily.INET);
                PosixPacket peer = Sockets.packet(StandardProtocolFamily.INET)) {
            original.bind(ANY_PORT);
            peer.bind(ANY_PORT);
            original.connect(peer.localAddress());
            try (PacketSocket adopted =
                    assertInstanceOf(PacketSocket.class, backend.fromDescriptor(original.fd.number()))) {
                assertEquals(original.localAddress(), adopted.localAddress());
                assertEquals(peer.localAddress(), adopted.remoteAddress());
                adopted.send(Buf.copyOf("x"), null);
                Buf into = Buf.allocate(2);
                assertEquals(1, peer.receive(into), "the loopback interface delivers at once");
                assertEquals(original.localAddress(), peer.sender());
            }
            assertTrue(original.isOpen());
        }
    }

    @Test
    void aSocketOfAnotherKindIsRefused() throws IOException {
        Fd packets = new Fd(Libc.socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
        Exception thrown =
                assertThrows(UnsupportedOperationException.class, () -> backend.fromDescriptor(packets.number()));
        assertTrue(thrown.getMessage().contains("descriptor " + packets.number()), thrown.getMessage());
        packets.close();
    }

    @Test
    void aClosedDescriptorIsNamed() {
        IOException thrown = assertThrows(IOException.class, () -> backend.fromDescriptor(99_999));
        assertTrue(thrown.getMessage().contains("99999"), thrown.getMessage());
    }

    /** The JVM has its own classes open as one. */
    @Test
    void aFileCannotBeWatched() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"));
                Selector selector = backend.selector()) {
            Path file = open.filter(Files::isRegularFile).findFirst().orElseThrow();
            try (Source adopted =
                    backend.fromDescriptor(Integer.parseInt(file.getFileName().toString()))) {
                IOException thrown = assertThrows(IOException.class, () -> selector.register(adopted, bits -> 0));
                assertTrue(thrown.getMessage().contains("can't be watched"), thrown.getMessage());
            }
        }
    }

    /** Row 24: the description lives on in the original, so closing the duplicate alone would not end its events. */
    @Test
    void aDuplicateThatIsClosedIsHeardOfNoMore() throws IOException {
        try (Pipe pipe = Pipe.open();
                Selector selector = backend.selector();
                PosixFile out = (PosixFile) backend.fromDescriptor(pipe.out())) {
            PosixFile in = (PosixFile) backend.fromDescriptor(pipe.in());
            selector.register(in, bits -> fail());
            selector.deregister(in);
            in.close();
            out.write(Buf.copyOf("x"));
            long tick = TimeUnit.MILLISECONDS.toNanos(10);
            long start = System.nanoTime();
            selector.select(tick);
            assertTrue(System.nanoTime() - start >= tick, "woken by the event of a closed descriptor");
        }
    }

    private static int fail() {
        throw new AssertionError("told though deregistered");
    }
}
