package gyre.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Transfer;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.sys.Backend;
import gyre.sys.Ready;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Channels that others brought and go on to use: the same code on every backend. */
@EveryBackend
class ForeignChannelTest extends Turning {
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

    @Test
    void aChannelThatOthersCloseWakesItsWaiter() throws Exception {
        Pipe pipe = openPipe();
        var source = watch(pipe.source());
        var reading = handle.spawn(read(source, 1));
        settle();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closeQuietly(pipe.source()));
        assertThrows(ClosedChannelException.class, () -> run(reading));
        uncaught.clear(); // as it should
        while (!source.isClosed()) {
            core.turn(PATIENCE); // ends when the loop looks after its channels
        }
        run(await(closing));
    }

    /** A channel stays open for as long as a key of it is: nobody but the selector's thread can let go. */
    @Test
    void whatOthersCloseIsLetGoOf() throws Exception {
        var first = watch(openPipe().source());
        settle();
        OpenDescriptors before = OpenDescriptors.now();
        List<PollEvented<?>> watched = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Pipe pipe = Pipe.open();
            var source = watch(pipe.source());
            watched.add(source);
            var reading = handle.spawn(read(source, 1));
            settle();
            pipe.sink().close();
            pipe.source().close();
            run(reading.outcome()); // the end, or that it is closed: whichever is told first
            uncaught.clear();
        }
        for (PollEvented<?> each : watched) {
            while (!each.isClosed()) {
                core.turn(PATIENCE);
            }
        }
        before.assertNoMore();
        first.close();
    }

    @Test
    void aChannelGivenBackMayBeWatchedAnewAtOnce() throws Exception {
        Pipe pipe = openPipe();
        for (int i = 0; i < 100; i++) {
            var source = watch(pipe.source());
            var reading = handle.spawn(read(source, 16));
            settle();
            ChannelSource<Pipe.SourceChannel> back = source.deregister();
            assertTrue(back.isOpen());
            assertThrows(ClosedChannelException.class, () -> run(reading));
            uncaught.clear();
        }
        var source = watch(pipe.source());
        var reading = handle.spawn(read(source, 16));
        settle();
        pipe.sink().write(ascii("still"));
        assertEquals("still", run(reading));
    }

    /** So fast that who watches finds the old and the new wish at once. */
    @Test
    void theNewWishOutlivesTheOldOne() throws Exception {
        Pipe pipe = openPipe();
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < 5; i++) {
                var given = PollEvented.fromChannel(pipe.source(), handle);
                given.needRead(() -> {});
                given.deregister();
            }
            var source = PollEvented.fromChannel(pipe.source(), handle);
            var reading = handle.spawn(read(source, 16));
            core.turn(Duration.ZERO);
            pipe.sink().write(ascii("new"));
            assertEquals("new", run(reading));
            source.deregister();
        }
    }

    @Test
    void aChannelIsWatchedOnceALoop() throws Exception {
        Pipe pipe = openPipe();
        var source = watch(pipe.source());
        assertThrows(IllegalStateException.class, () -> PollEvented.fromChannel(pipe.source(), handle));
        pipe.sink().write(ascii("x"));
        assertEquals("x", run(read(source, 1)));
    }

    @Test
    void twoLoopsMayWatchOneChannel() throws Exception {
        Pipe pipe = openPipe();
        watch(pipe.source());
        try (Core other = Core.builder().backend(backend).open()) {
            var there = PollEvented.fromChannel(pipe.source(), other.handle());
            var reading = other.handle().spawn(read(there, 1));
            other.turn(Duration.ZERO);
            pipe.sink().write(ascii("y"));
            assertEquals("y", other.run(reading));
            there.deregister();
        }
        assertTrue(pipe.source().isOpen());
    }

    @Test
    void aClosedChannelIsRefused() throws Exception {
        Pipe pipe = openPipe();
        pipe.source().close();
        assertThrows(ClosedChannelException.class, () -> PollEvented.fromChannel(pipe.source(), handle));
    }

    @Test
    void anotherThreadIsRefused() throws Exception {
        Pipe pipe = openPipe();
        CompletableFuture<Throwable> refused = CompletableFuture.supplyAsync(
                () -> assertThrows(IllegalStateException.class, () -> PollEvented.fromChannel(pipe.source(), handle)));
        assertTrue(refused.get().getMessage().contains("belongs to thread"));
        assertTrue(pipe.source().isOpen());
    }

    @Test
    void aHangUpIsNotToldAsSuch() throws Exception {
        var source = watch(openPipe().source());
        assertThrows(UnsupportedOperationException.class, () -> source.pollReady(() -> {}, Ready.READ_CLOSED));
        assertEquals(Ready.READ, source.pollReady(() -> {}, Ready.READ | Ready.READ_CLOSED));
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
    void aChannelOfAnotherKindIsRefused() {
        SelectableChannel odd = new AbstractSelectableChannel(null) {
            @Override
            public int validOps() {
                return SelectionKey.OP_READ;
            }

            @Override
            protected void implCloseSelectableChannel() {}

            @Override
            protected void implConfigureBlocking(boolean block) {}
        };
        assertThrows(IllegalArgumentException.class, () -> PollEvented.fromChannel(odd, handle));
        assertTrue(odd.isOpen());
    }

    @Test
    void anInterruptDoesNotStopTheWatching() throws Exception {
        Pipe pipe = openPipe();
        var source = watch(pipe.source());
        var reading = handle.spawn(read(source, 1));
        settle();
        thread().forEach(Thread::interrupt);
        settle();
        pipe.sink().write(ascii("z"));
        assertEquals("z", run(reading));
    }

    @Test
    void closingTheCoreClosesTheChannelsAndEndsTheThread() throws Exception {
        Pipe warm = Pipe.open();
        warm.source().close();
        warm.sink().close();
        OpenDescriptors before = OpenDescriptors.now();
        Pipe pipe = Pipe.open();
        Core other = later(Core.builder().backend(backend).open());
        var source = PollEvented.fromChannel(pipe.source(), other.handle());
        var reading = other.handle().spawn(read(source, 1));
        other.turn(Duration.ZERO);
        List<Thread> threads = threads("loop " + other.id());
        assertEquals(posix() ? 1 : 0, threads.size());
        other.close();
        assertThrows(LoopClosedException.class, () -> core.run(reading));
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
            assertFalse(thread.isAlive());
        }
        assertFalse(pipe.source().isOpen());
        pipe.sink().close();
        before.assertNoMore();
    }

    @Test
    void aThreadThatFailsClosesWhatItWatchedAndIsReplaced() throws Exception {
        if (!posix()) {
            assertEquals(List.of(), thread(), "nio watches by itself");
            return;
        }
        Pipe pipe = openPipe();
        var source = watch(pipe.source());
        var reading = handle.spawn(read(source, 1));
        settle();
        ((ChannelThread) source.source().watching).selector.close();
        assertThrows(ClosedChannelException.class, () -> run(reading));
        assertTrue(
                uncaught.stream().anyMatch(e -> e instanceof java.nio.channels.ClosedSelectorException),
                () -> uncaught + "");
        uncaught.clear();
        Pipe next = openPipe();
        var another = watch(next.source());
        next.sink().write(ascii("w"));
        assertEquals("w", run(read(another, 1)));
    }

    // ---

    private List<Thread> thread() {
        return threads("loop " + core.id());
    }

    private static List<Thread> threads(String end) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("channels of " + end))
                .toList();
    }

    private Pipe openPipe() throws IOException {
        Pipe pipe = Pipe.open();
        later(pipe.source());
        later(pipe.sink());
        return pipe;
    }

    private <C extends SelectableChannel> PollEvented<ChannelSource<C>> watch(C channel) throws IOException {
        return later(PollEvented.fromChannel(channel, handle));
    }

    private void connect(PollEvented<ChannelSource<SocketChannel>> socket, SocketAddress to) throws Exception {
        socket.source().channel().connect(to);
        run(Futures.<Void>pollFn(task -> {
            int n = socket.tryWrite(task, s -> s.channel().finishConnect() ? 0 : Transfer.NOT_READY);
            return n == Transfer.NOT_READY ? Poll.pending() : Poll.done();
        }));
    }

    private static <C extends SelectableChannel & ReadableByteChannel> Future<String> read(
            PollEvented<ChannelSource<C>> from, int room) {
        ByteBuffer into = ByteBuffer.allocate(room);
        return Futures.pollFn(task -> {
            int n = from.tryRead(task, source -> waiting(source.channel().read(into)));
            if (n == Transfer.NOT_READY) {
                return Poll.pending();
            }
            return Poll.ready(n == Transfer.END ? "END" : new String(into.array(), 0, n, US_ASCII));
        });
    }

    private static <C extends SelectableChannel & WritableByteChannel> Future<Integer> write(
            PollEvented<ChannelSource<C>> to, String text) {
        ByteBuffer from = ascii(text);
        return Futures.pollFn(task ->
                answer(to.tryWrite(task, sink -> waiting(sink.channel().write(from)))));
    }

    /** Where java.nio says 0, the protocol says that it would have had to wait. */
    private static int waiting(int n) {
        return n == 0 ? Transfer.NOT_READY : n;
    }

    private static Poll<Integer> answer(int n) {
        return n == Transfer.NOT_READY ? Poll.pending() : Poll.ready(n);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    private static void put(WritableByteChannel to, String text) {
        try {
            to.write(ascii(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int get(ReadableByteChannel from) {
        try {
            return from.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void closeQuietly(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void echoOnce(ServerSocket server, int bytes) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write(socket.getInputStream().readNBytes(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
