package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Unix stream sockets on any backend: what it has, and how it refuses what it has not. */
abstract class UnixContract extends BackendContract {
    static final StandardProtocolFamily UNIX = StandardProtocolFamily.UNIX;

    @TempDir
    Path folder;

    /** Whether it goes further than the JDK: abstract names, credentials, descriptors. */
    abstract boolean goesFurther();

    SocketAddress path() {
        return UnixDomainSocketAddress.of(folder.resolve("socket"));
    }

    private static UnixNameAddress anyName() {
        return UnixNameAddress.of("gyre/" + UUID.randomUUID());
    }

    @Test
    void anAbstractNameIsOneLikeAPath() throws IOException {
        UnixNameAddress name = anyName();
        if (!goesFurther()) {
            assertRefused("epoll", () -> listen(UNIX, name));
            assertRefused("epoll", () -> keep(backend().stream(UNIX)).connect(name));
            return;
        }
        Pair pair = pair(UNIX, name);
        pair.client().write(Buf.copyOf("ping"));
        assertText("ping", pair.server().readAll(4));
        assertEquals(name, pair.client().socket().remoteAddress());
        assertEquals(name, pair.server().socket().localAddress());
        BindException taken = assertThrows(BindException.class, () -> listen(UNIX, name));
        assertTrue(taken.getMessage().contains(name.toString()), taken.getMessage());
    }

    /** Zeros, names of full length and of none. */
    @Test
    void anAbstractNameIsAnyBytes() throws IOException {
        if (!goesFurther()) {
            assertRefused("abstract names", () -> keep(backend().listener(UNIX)).listen(anyName(), 1));
            return;
        }
        byte[] longest = new byte[UnixNameAddress.MAX_LENGTH];
        longest[50] = -1;
        for (byte[] bytes : new byte[][] {longest, {'a', 0, 'b', 0}, {(byte) 0xFF, 0}}) {
            UnixNameAddress name = UnixNameAddress.of(bytes);
            ListenSocket listener = listen(UNIX, name);
            assertEquals(name, listener.localAddress());
            Link client = connect(keep(backend().stream(UNIX)), name);
            assertEquals(name, client.socket().remoteAddress());
            accept(listener);
        }
    }

    @Test
    void aRefusedConnectNamesTheAbstractName() throws IOException {
        if (!goesFurther()) {
            assertRefused("abstract names", () -> keep(backend().listener(UNIX)).listen(anyName(), 1));
            return;
        }
        UnixNameAddress name = anyName();
        ConnectException e = assertThrows(
                ConnectException.class, () -> keep(backend().stream(UNIX)).connect(name));
        assertTrue(e.getMessage().contains(name.toString()), e.getMessage());
    }

    @Test
    void aPathThatIsTooLongIsRefusedWithItsLengthAndTheBound() throws IOException {
        SocketAddress longer = UnixDomainSocketAddress.of("/" + "ü".repeat(100));
        for (Executable call : new Executable[] {
            () -> listen(UNIX, longer), () -> keep(backend().stream(UNIX)).connect(longer)
        }) {
            String message = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(message.contains("at most 107 bytes, this has 201"), message);
        }
    }

    @Test
    void aPairIsConnectedBothWays() throws IOException {
        SocketPair<StreamSocket> sockets = backend().streamPair();
        Link first = watch(keep(sockets.first()));
        Link second = watch(keep(sockets.second()));
        first.write(Buf.copyOf("ping"));
        assertText("ping", second.readAll(4));
        second.write(Buf.copyOf("pong"));
        assertText("pong", first.readAll(4));
        assertTrue(first.socket().finishConnect());
        assertFalse(first.socket().remoteAddress() == null);
        selector.deregister(first.socket());
        first.socket().close();
        assertEquals(Transfer.END, second.read(Buf.allocate(1)));
    }

    @Test
    void aPairLeavesNothingBehind() throws IOException {
        backend().streamPair().first().close(); // loads what it needs
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        OpenDescriptors before = OpenDescriptors.now();
        SocketPair<StreamSocket> pair = backend().streamPair();
        assertEquals(before.count() + 2, OpenDescriptors.now().count());
        String address = pair.first().remoteAddress().toString();
        assertTrue(address.isEmpty() || address.startsWith(temporary.toString()), address);
        assertTrue(address.isEmpty() || !Files.exists(Path.of(address).getParent()), address);
        pair.first().close();
        pair.second().close();
        before.assertNoMore();
    }

    @Test
    void aFullQueueIsSaidAndWorthAnotherTry() throws IOException {
        ListenSocket listener = keep(backend().listener(UNIX));
        listener.listen(path(), 1);
        BacklogFullException full = assertThrows(BacklogFullException.class, () -> {
            for (int i = 0; i < 10; i++) {
                keep(backend().stream(UNIX)).connect(path());
            }
        });
        assertTrue(full.getMessage().contains(path().toString()), full.getMessage());
        accept(listener);
        connect(keep(backend().stream(UNIX)), path());
    }

    @Test
    void thePeersCredentialsAreThoseOfItsProcess() throws Exception {
        StreamSocket server = pair(UNIX, path()).server().socket();
        if (!goesFurther()) {
            assertRefused("SO_PEERCRED", server::peerCredentials);
            return;
        }
        long uid = Long.parseLong(output("id -u"));
        long gid = Long.parseLong(output("id -g"));
        assertEquals(new PeerCredentials(uid, gid, ProcessHandle.current().pid()), server.peerCredentials());
    }

    @Test
    void descriptorsAndCredentialsAreNotOfTcp() throws IOException {
        StreamSocket tcp = pair().client().socket();
        assertRefused("Unix", tcp::peerCredentials);
        assertRefused("Unix", () -> tcp.send(Buf.copyOf("x"), new int[] {0}));
        assertRefused("Unix", () -> tcp.receive(Buf.allocate(1), new ArrayList<>()));
    }

    @Test
    void whatHasNoDescriptorsSaysWhoHas() throws IOException {
        StreamSocket socket = pair(UNIX, path()).client().socket();
        if (goesFurther()) {
            assertTrue(OpenDescriptors.now().numbers().contains(socket.descriptor()));
        } else {
            assertRefused("epoll", socket::descriptor);
            assertRefused("epoll", () -> socket.send(Buf.copyOf("x"), new int[] {0}));
            assertRefused("epoll", () -> socket.receive(Buf.allocate(1), List.of()));
            assertRefused("epoll", () -> backend().packetPair());
        }
    }

    private static void assertRefused(String word, Executable call) {
        String message = assertThrows(UnsupportedOperationException.class, call).getMessage();
        assertTrue(message.contains(word), message);
    }

    private static String output(String command) throws IOException {
        Process process = new ProcessBuilder(command.split(" ")).start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
