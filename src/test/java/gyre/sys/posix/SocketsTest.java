package gyre.sys.posix;

import static gyre.natives.Layout.FD_CLOEXEC;
import static gyre.natives.Layout.F_DUPFD_CLOEXEC;
import static gyre.natives.Layout.F_GETFD;
import static gyre.natives.Layout.F_GETFL;
import static gyre.natives.Layout.IPPROTO_IP;
import static gyre.natives.Layout.IPPROTO_IPV6;
import static gyre.natives.Layout.IPV6_UNICAST_HOPS;
import static gyre.natives.Layout.IP_MULTICAST_TTL;
import static gyre.natives.Layout.IP_TTL;
import static gyre.natives.Layout.O_NONBLOCK;
import static gyre.natives.Layout.PR_GET_TIMERSLACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.sys.NativeSocketOptions;
import gyre.sys.ResourceLimitException;
import gyre.sys.UnixNameAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the POSIX sockets promise beyond the contract. */
@EnabledOnOs(OS.LINUX)
class SocketsTest {
    private static final SocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private PosixListener listener;
    private PosixStream client;

    @BeforeEach
    void open() throws IOException {
        listener = Sockets.listener(StandardProtocolFamily.INET);
        listener.listen(ANY_PORT, 8);
        client = Sockets.stream(StandardProtocolFamily.INET);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        client.close();
    }

    private PosixStream accept() throws IOException {
        while (true) {
            if (listener.accept() instanceof PosixStream accepted) {
                return accepted;
            }
        }
    }

    /** Row 40. */
    @Test
    void anIpv6SocketHasItsOptionsForIpv4Too() throws IOException {
        try (PosixPacket socket = Sockets.packet(StandardProtocolFamily.INET6)) {
            socket.option(NativeSocketOptions.IP_TTL, 77);
            socket.option(StandardSocketOptions.IP_MULTICAST_TTL, 78);
            assertEquals(77, SocketCalls.get(socket, IPPROTO_IP, IP_TTL));
            assertEquals(78, SocketCalls.get(socket, IPPROTO_IP, IP_MULTICAST_TTL));
            assertEquals(77, SocketCalls.get(socket, IPPROTO_IPV6, IPV6_UNICAST_HOPS));
        }
    }

    @Test
    void noDescriptorIsInheritedOrBlocks() throws IOException {
        client.connect(listener.localAddress());
        try (PosixStream server = accept();
                PosixSource adopted = Sockets.adopt(server.fd.number())) {
            for (PosixSource source : new PosixSource[] {listener, client, server, adopted}) {
                assertEquals(FD_CLOEXEC, Libc.fcntl(source.fd.number(), F_GETFD, 0));
                assertEquals(O_NONBLOCK, Libc.fcntl(source.fd.number(), F_GETFL, 0) & O_NONBLOCK);
            }
        }
    }

    /** Row 6. */
    @Test
    void aSocketThatMeetsItselfIsRefused() throws IOException {
        client.bind(ANY_PORT);
        SocketAddress own = client.localAddress();
        ConnectException thrown = assertThrows(ConnectException.class, () -> {
            boolean connected = client.connect(own);
            while (!connected) {
                connected = client.finishConnect();
            }
        });
        assertTrue(thrown.getMessage().contains("met itself"), thrown.getMessage());
    }

    /** Row 45. */
    @Test
    void aPathThatIsTooLongIsRefusedWithTheBound() throws IOException {
        try (PosixStream unix = Sockets.stream(StandardProtocolFamily.UNIX)) {
            SocketAddress longest = UnixDomainSocketAddress.of("/" + "x".repeat(106));
            IOException missing = assertThrows(IOException.class, () -> unix.connect(longest));
            assertTrue(missing.getMessage().contains("ENOENT"), missing.getMessage());
            SocketAddress tooLong = UnixDomainSocketAddress.of("/" + "x".repeat(107));
            Exception thrown = assertThrows(IllegalArgumentException.class, () -> unix.connect(tooLong));
            assertTrue(
                    thrown.getMessage().contains("107") && thrown.getMessage().contains("108"), thrown.getMessage());
        }
    }

    @Test
    void aFullQueueOfAUnixListenerIsSaid(@TempDir Path folder) throws IOException {
        SocketAddress path = UnixDomainSocketAddress.of(folder.resolve("socket"));
        List<PosixSource> open = new ArrayList<>();
        PosixListener unix = Sockets.listener(StandardProtocolFamily.UNIX);
        open.add(unix);
        unix.listen(path, 1);
        ConnectException thrown = assertThrows(ConnectException.class, () -> {
            while (open.size() < 10) {
                PosixStream stream = Sockets.stream(StandardProtocolFamily.UNIX);
                open.add(stream);
                stream.connect(path);
            }
        });
        assertTrue(thrown.getMessage().contains("queue is full"), thrown.getMessage());
        for (PosixSource source : open) {
            source.close();
        }
    }

    @Test
    void timedWaitsLowerTheTimerSlackUntilClose() throws IOException {
        int before = Libc.prctl(PR_GET_TIMERSLACK, 0);
        try (EpollSelector selector = new EpollSelector(true)) {
            selector.select(0);
            assertEquals(before, Libc.prctl(PR_GET_TIMERSLACK, 0));
            selector.select(1);
            assertEquals(1, Libc.prctl(PR_GET_TIMERSLACK, 0));
        }
        assertEquals(before, Libc.prctl(PR_GET_TIMERSLACK, 0));
    }

    @Test
    void anUnnamedUnixSocketGetsANameOfTheKernelsChoice() throws IOException {
        try (PosixListener unix = Sockets.listener(StandardProtocolFamily.UNIX)) {
            unix.listen(UnixDomainSocketAddress.of(""), 8);
            String name = unix.localAddress().toString();
            assertTrue(unix.localAddress() instanceof UnixNameAddress && name.matches("@[0-9a-f]{5}"), name);
        }
    }

    /** Row 1. */
    @Test
    void acceptWithoutDescriptorsNamesTheLimitAndKeepsTheConnection() throws Exception {
        client.connect(listener.localAddress());
        // Loads what is needed below: a class in a folder needs a descriptor.
        assertThrows(IOException.class, () -> listener.listen(listener.localAddress(), 8));
        assertEquals("", new ResourceLimitException("").getMessage());
        try (DescriptorLimit limit = DescriptorLimit.of(3)) {
            limit.lower();
            Throwable thrown = null;
            try {
                listener.accept();
            } catch (IOException | LinkageError e) {
                thrown = e;
            }
            limit.restore();
            assertEquals(ResourceLimitException.class, thrown == null ? null : thrown.getClass());
            assertTrue(String.valueOf(thrown).contains("ulimit -n"), "message: " + thrown);
        }
        accept().close();
    }

    /** Row 54. */
    @Test
    void anEchoAllocatesNothing() throws Exception {
        client.connect(listener.localAddress());
        try (PosixStream server = accept();
                EpollSelector selector = new EpollSelector(true)) {
            selector.register(server, bits -> 0);
            Buf buf = Buf.allocate(64);
            Buf[] several = {buf, Buf.allocate(1)};
            echo(server, selector, buf, several, 20_000);
            long before = allocated();
            echo(server, selector, buf, several, 10_000);
            long allocated = allocated() - before;
            assertTrue(allocated < 10_000, () -> allocated + " bytes for 10,000 echoes");
            selector.deregister(server);
        }
    }

    private void echo(PosixStream server, EpollSelector selector, Buf buf, Buf[] several, int rounds)
            throws IOException {
        for (int i = 0; i < rounds; i++) {
            client.write(buf.clear().advance(32));
            selector.select(1_000_000_000);
            while (server.read(buf.clear()) < 0) {
                selector.select(0);
            }
            server.write(several, 0, 2);
            while (client.read(buf.clear()) < 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** By reflection: the engine's module does not read jdk.management. */
    private static long allocated() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getCurrentThreadAllocatedBytes")
                .invoke(threads);
    }

    /** As on macOS, where a socket that the peer has reset has no options any more. */
    @Test
    void aSocketWhoseLingeringCannotBeTurnedOffIsClosed() throws IOException {
        PosixStream socket = Sockets.stream(StandardProtocolFamily.INET);
        socket.option(StandardSocketOptions.SO_LINGER, 1);
        int number = socket.descriptor();
        try (Pipe pipe = Pipe.open()) {
            Libc.close(number);
            assertEquals(number, Libc.fcntl(pipe.in(), F_DUPFD_CLOEXEC, number)); // no socket any more
            assertThrows(IOException.class, socket::close);
            assertFalse(socket.isOpen());
            assertEquals(-Errno.EBADF, Libc.fcntl(number, F_GETFD, 0));
        }
    }
}
