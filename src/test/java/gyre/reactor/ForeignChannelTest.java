package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Transfer;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Channels that others brought and go on to use: the same code on every backend. */
@EveryBackend
class ForeignChannelTest extends WatchingChannels {
    ForeignChannelTest(Backend backend) {
        super(backend);
    }

    @Test
    void pipe() throws Exception {
        Pipe pipe = openPipe();
        var source = watch(pipe.source());
        for (String sent : List.of("first", "second", "third")) {
            var reading = handle.spawn(read(source, 16));
            settle();
            assertFalse(reading.isDone());
            pipe.sink().write(ascii(sent));
            assertEquals(sent, run(reading));
        }
    }

    @Test
    void aHangUpWithoutBytesWakesTheReader() throws Exception {
        Pipe pipe = openPipe();
        var source = watch(pipe.source());
        var reading = handle.spawn(read(source, 1));
        settle();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closeQuietly(pipe.sink()));
        assertEquals("END", run(reading));
        run(await(closing));
    }

    @Test
    void aFullPipeTakesMoreOnceItIsRead() throws Exception {
        Pipe pipe = openPipe();
        var sink = watch(pipe.sink());
        var source = watch(pipe.source());
        ByteBuffer sent = ByteBuffer.allocateDirect(1 << 20);
        var writing = handle.spawn(Futures.<Integer>pollFn(task -> {
            while (sent.hasRemaining()) {
                int n = sink.tryWrite(task, to -> waiting(to.channel().write(sent)));
                if (n == Transfer.NOT_READY) {
                    return Poll.pending();
                }
            }
            return Poll.ready(sent.position());
        }));
        settle();
        assertFalse(writing.isDone());
        ByteBuffer got = ByteBuffer.allocateDirect(1 << 20);
        run(Futures.pollFn(task -> {
            while (got.hasRemaining()) {
                int n = source.tryRead(task, from -> waiting(from.channel().read(got)));
                if (n == Transfer.NOT_READY) {
                    return Poll.pending();
                }
            }
            return Poll.done();
        }));
        assertEquals(sent.capacity(), run(writing));
    }

    @Test
    void socketConnectsAndEchoes() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echoOnce(server, 5));
            var socket = watch(SocketChannel.open());
            connect(socket, server.getLocalSocketAddress());
            run(write(socket, "hello"));
            assertEquals("hello", run(read(socket, 5)));
            assertEquals("END", run(read(socket, 1)));
            run(await(echo));
        }
    }

    @Test
    void bytesWakeWhoWaitedForThemWhileAnotherTaskConnected() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(server.getLocalSocketAddress());
            var socket = watch(channel);
            ByteBuffer into = ByteBuffer.allocate(1);
            var reading = handle.spawn(Futures.pollFn(task -> answer(socket.tryRead(
                    task, s -> s.channel().isConnected() ? waiting(s.channel().read(into)) : Transfer.NOT_READY))));
            core.turn(Duration.ZERO);
            run(finishConnect(socket));
            try (var peer = server.accept()) {
                settle();
                assertFalse(reading.isDone());
                peer.getOutputStream().write('x');
                assertEquals(1, run(reading));
            }
        }
    }

    @Test
    void aConnectThatIsRefusedIsTold() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        var socket = watch(SocketChannel.open());
        assertThrows(
                IOException.class,
                () -> connect(socket, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    @Test
    void listenerAccepts() throws Exception {
        ServerSocketChannel channel = later(ServerSocketChannel.open());
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var listener = watch(channel);
        for (int i = 0; i < 3; i++) {
            SocketChannel[] accepted = new SocketChannel[1];
            var accepting = handle.spawn(Futures.<Void>pollFn(task -> {
                int n = listener.tryRead(task, from -> {
                    accepted[0] = from.channel().accept();
                    return accepted[0] == null ? Transfer.NOT_READY : 1;
                });
                return n == Transfer.NOT_READY ? Poll.pending() : Poll.done();
            }));
            settle();
            assertFalse(accepting.isDone());
            SocketChannel client = later(SocketChannel.open(channel.getLocalAddress()));
            run(accepting);
            assertEquals(client.getLocalAddress(), later(accepted[0]).getRemoteAddress());
        }
    }

    @Test
    void datagrams() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var socket = watch(DatagramChannel.open().bind(any));
        DatagramChannel peer = later(DatagramChannel.open().bind(any));
        for (String sent : List.of("one", "", "three")) { // an empty one is one
            ByteBuffer into = ByteBuffer.allocate(16);
            SocketAddress[] from = new SocketAddress[1];
            var receiving = handle.spawn(Futures.<Integer>pollFn(task -> answer(socket.tryRead(task, source -> {
                from[0] = source.channel().receive(into);
                return from[0] == null ? Transfer.NOT_READY : into.position();
            }))));
            settle();
            assertFalse(receiving.isDone());
            peer.send(ascii(sent), socket.source().channel().getLocalAddress());
            assertEquals(sent.length(), run(receiving));
            assertEquals(peer.getLocalAddress(), from[0]);
        }
    }

    @Test
    void severalWaitersInOneDirectionAreAllWoken() throws Exception {
        Pipe pipe = openPipe();
        var source = watch(pipe.source());
        List<JoinHandle<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(handle.spawn(read(source, 1)));
        }
        settle();
        pipe.sink().write(ascii("abc"));
        StringBuilder got = new StringBuilder();
        for (JoinHandle<String> each : waiting) {
            got.append(run(each));
        }
        assertEquals(3, got.chars().distinct().count(), got.toString());
    }

    /** The thread may come between any two steps of the loop: a hand-over that is lost hangs this. */
    @Test
    void noHandOverIsLost() throws Exception {
        int rounds = 5_000;
        Pipe to = openPipe();
        Pipe from = openPipe();
        var source = watch(to.source());
        var sink = watch(from.sink());
        ByteBuffer one = ByteBuffer.allocate(1);
        var echo = handle.spawn(Futures.<Void>pollFn(task -> {
            while (true) {
                if (one.position() == 0) {
                    int n = source.tryRead(task, s -> waiting(s.channel().read(one)));
                    if (n < 0) {
                        return n == Transfer.NOT_READY ? Poll.pending() : Poll.done();
                    }
                }
                one.flip();
                int n = sink.tryWrite(task, s -> waiting(s.channel().write(one)));
                one.clear();
                if (n == Transfer.NOT_READY) {
                    one.position(1);
                    return Poll.pending();
                }
            }
        }));
        CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < rounds; i++) {
                put(to.sink(), "x");
                assertEquals(1, get(from.source()));
            }
            closeQuietly(to.sink());
        });
        run(echo);
        run(await(peer));
    }

    @Test
    void manyChannelsAtOnce() throws Exception {
        List<Pipe> pipes = new ArrayList<>();
        List<JoinHandle<String>> reading = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Pipe pipe = openPipe();
            pipes.add(pipe);
            reading.add(handle.spawn(read(watch(pipe.source()), 8)));
        }
        settle();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < pipes.size(); i++) {
                put(pipes.get(i).sink(), "n" + i);
            }
        });
        for (int i = 0; i < pipes.size(); i++) {
            assertEquals("n" + i, run(reading.get(i)));
        }
        run(await(writing));
    }
}
