package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.Io;
import gyre.io.ShutdownOutput;
import gyre.io.WriteAll;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.sys.PeerCredentials;
import gyre.sys.SocketPair;
import gyre.sys.UnixNameAddress;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unix listeners and streams on a loop. */
@EveryBackend
class UnixTest extends OnLoop {
    @TempDir
    private Path folder;

    UnixTest(Backend backend) {
        super(backend);
    }

    private boolean goesFurther() {
        return !backend.name().equals("nio");
    }

    private Path path() {
        return folder.resolve("socket");
    }

    private UnixListener listenUnix() throws Exception {
        return later(UnixListener.bind(path(), handle));
    }

    private SocketPair<UnixStream> streams() throws Exception {
        SocketPair<UnixStream> pair = UnixStream.pair(handle);
        later(pair.first());
        later(pair.second());
        return pair;
    }

    /** The original's test of tokio-uds: many connections, all answered. */
    @Test
    void echo() throws Exception {
        UnixListener listener = listenUnix();
        handle.spawn(listener.incoming().forEach(s -> handle.spawn(Futures.using(s, c -> Copy.copy(c, c)))));
        byte[] sent = pattern(300_000);
        for (int i = 0; i < 20; i++) {
            UnixStream client = later(run(UnixStream.connect(path(), handle)));
            JoinHandle<Void> writing = handle.spawn(WriteAll.writeAll(client, Buf.copyOf(sent))
                    .andThen(all -> ShutdownOutput.shutdownOutput(client))
                    .andThen(done -> Futures.done()));
            assertArrayEquals(sent, run(readToEnd(client)));
            run(writing);
        }
        assertEquals(0, listener.acceptErrors());
    }

    @Test
    void addresses() throws Exception {
        UnixListener listener = listenUnix();
        SocketAddress path = UnixDomainSocketAddress.of(path());
        UnixStream client = later(run(UnixStream.connect(path(), handle)));
        UnixStream server = later(run(listener.accept()));
        assertEquals(path, listener.localAddress());
        assertEquals(path, client.remoteAddress());
        assertEquals(path, server.localAddress());
        assertEquals(UnixDomainSocketAddress.of(""), client.localAddress());
        assertEquals(UnixDomainSocketAddress.of(""), server.remoteAddress());
        client.close();
        assertEquals(path, client.remoteAddress(), "known also when it is closed");
    }

    @Test
    void anAbstractNameServes() throws Exception {
        UnixNameAddress name = UnixNameAddress.of("gyre-" + UUID.randomUUID());
        if (!goesFurther()) {
            for (var call : List.<org.junit.jupiter.api.function.Executable>of(
                    () -> UnixListener.bind(name, handle), () -> UnixStream.connect(name, handle))) {
                String message =
                        assertThrows(UnsupportedOperationException.class, call).getMessage();
                assertTrue(message.contains("no abstract names") && message.contains("epoll"), message);
            }
            return;
        }
        UnixListener listener = later(UnixListener.bind(name, handle));
        UnixStream client = later(run(UnixStream.connect(name, handle)));
        UnixStream server = later(run(listener.accept()));
        assertEquals(name, client.remoteAddress());
        assertEquals(name, listener.localAddress());
        run(send(server, "hi"));
        assertEquals("hi", run(expect(client, "hi")));
        listener.close();
        later(UnixListener.bind(name, handle)); // it is gone with its socket
    }

    @Test
    void eachDirectionEndsByItself() throws Exception {
        SocketPair<UnixStream> pair = streams();
        run(ShutdownOutput.shutdownOutput(pair.first()));
        assertEquals(Io.END, run(read(pair.second(), Buf.allocate(1))));
        run(send(pair.second(), "late"));
        assertEquals("late", run(expect(pair.first(), "late")));
        var reading = handle.spawn(read(pair.first(), Buf.allocate(1)));
        settle();
        assertFalse(reading.isDone());
        pair.first().shutdownInput();
        assertEquals(Io.END, run(reading));
    }

    @Test
    void aPeerThatClosesEndsTheOther() throws Exception {
        SocketPair<UnixStream> pair = streams();
        run(send(pair.first(), "bye"));
        var reading = handle.spawn(readToEnd(pair.second()));
        settle();
        pair.first().close();
        assertEquals(3, run(reading).length);
    }

    @Test
    void aPeekLeavesTheBytes() throws Exception {
        SocketPair<UnixStream> pair = streams();
        Buf into = Buf.allocate(4);
        var peeking = handle.spawn(Futures.<Integer>pollFn(task -> {
            int n = pair.second().peek(task, into);
            return n == Io.NOT_READY ? gyre.future.Poll.pending() : gyre.future.Poll.ready(n);
        }));
        settle();
        run(send(pair.first(), "ab"));
        int peeked = run(peeking);
        assertTrue(peeked > 0);
        assertEquals("ab".substring(0, peeked), into.text(StandardCharsets.US_ASCII));
        assertEquals("ab", run(expect(pair.second(), "ab")));
    }

    @Test
    void thePeersCredentials() throws Exception {
        UnixListener listener = listenUnix();
        UnixStream client = later(run(UnixStream.connect(path(), handle)));
        UnixStream server = later(run(listener.accept()));
        for (UnixStream each : List.of(client, server)) {
            if (goesFurther()) {
                PeerCredentials peer = each.peerCredentials();
                assertEquals(ProcessHandle.current().pid(), peer.pid());
            } else {
                String message = assertThrows(UnsupportedOperationException.class, each::peerCredentials)
                        .getMessage();
                assertTrue(message.contains("SO_PEERCRED") && message.contains("epoll"), message);
                assertEquals(
                        System.getProperty("user.name"),
                        each.option(ExtendedSocketOptions.SO_PEERCRED).user().getName());
            }
        }
    }

    @Test
    void cancellingAnAcceptLosesNoConnection() throws Exception {
        UnixListener listener = listenUnix();
        JoinHandle<UnixStream> first = handle.spawn(listener.accept());
        settle();
        first.abort();
        settle();
        UnixStream client = later(run(UnixStream.connect(path(), handle)));
        run(send(later(run(listener.accept())), "x"));
        assertEquals("x", run(expect(client, "x")));
    }

    @Test
    void whatIsAdopted() throws Exception {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(path());
        if (goesFurther()) {
            UnixListener own = listenUnix();
            UnixListener listener = later(UnixListener.fromDescriptor(own.descriptor(), handle));
            UnixStream client = later(run(UnixStream.connect(path, handle)));
            UnixStream server = later(run(listener.accept()));
            UnixStream again = later(UnixStream.fromDescriptor(client.descriptor(), handle));
            client.close();
            run(send(again, "x"));
            assertEquals("x", run(expect(server, "x")));
            assertEquals(path, again.remoteAddress());
            OpenDescriptors before = OpenDescriptors.now();
            for (var call : List.<org.junit.jupiter.api.function.Executable>of(
                    () -> UnixStream.fromDescriptor(listener.descriptor(), handle),
                    () -> UnixListener.fromDescriptor(again.descriptor(), handle),
                    () -> UnixListener.fromDescriptor(listen().descriptor(), handle),
                    () -> UnixStream.fromDescriptor(pair().ours().descriptor(), handle))) {
                String message =
                        assertThrows(IllegalArgumentException.class, call).getMessage();
                assertTrue(message.contains("Unix"), message);
            }
            assertTrue(OpenDescriptors.now().count() <= before.count() + 3, "only the listener and the pair");
            assertThrows(
                    UnsupportedOperationException.class, () -> UnixStream.fromChannel(SocketChannel.open(), handle));
        } else {
            ServerSocketChannel channel =
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(path);
            UnixListener listener = later(UnixListener.fromChannel(channel, handle));
            UnixStream client = later(UnixStream.fromChannel(SocketChannel.open(path), handle));
            UnixStream server = later(run(listener.accept()));
            run(send(client, "x"));
            assertEquals("x", run(expect(server, "x")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> UnixListener.fromChannel(ServerSocketChannel.open().bind(loopback(0)), handle));
            assertThrows(IllegalArgumentException.class, () -> UnixStream.fromChannel(SocketChannel.open(), handle));
            assertThrows(UnsupportedOperationException.class, () -> UnixStream.fromDescriptor(0, handle));
            assertThrows(UnsupportedOperationException.class, client::descriptor);
        }
    }

    @Test
    void theJdksClientIsServed() throws Exception {
        UnixListener listener = listenUnix();
        SocketChannel client = later(SocketChannel.open(UnixDomainSocketAddress.of(path())));
        UnixStream server = later(run(listener.accept()));
        client.write(ByteBuffer.wrap(new byte[] {'j', 'd', 'k'}));
        assertEquals("jdk", run(expect(server, "jdk")));
    }

    @Test
    void whatIsNoUnixAddressIsRefused() {
        InetSocketAddress tcp = loopback(80);
        assertThrows(IllegalArgumentException.class, () -> UnixListener.bind(tcp, handle));
        assertThrows(IllegalArgumentException.class, () -> UnixStream.connect(tcp, handle));
    }

    @Test
    void aConnectThatNobodyPollsIsClosedByCancel() throws Exception {
        UnixListener listener = listenUnix();
        OpenDescriptors before = OpenDescriptors.now();
        UnixStream.connect(path(), handle).cancel();
        before.assertNoMore();
        assertEquals(Io.END, run(read(later(run(listener.accept())), Buf.allocate(1))));
    }

    @Test
    void closingTheCoreClosesAndDeletes() throws Exception {
        OpenDescriptors before;
        try (var other = gyre.reactor.Core.builder().backend(backend).open()) {
            before = OpenDescriptors.now();
            UnixListener.bind(path(), other.handle());
            UnixStream.pair(other.handle());
            assertTrue(java.nio.file.Files.exists(path()));
        }
        assertFalse(java.nio.file.Files.exists(path()));
        before.assertNoMore();
    }
}
