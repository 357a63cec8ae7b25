package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.reactor.JoinHandle;
import gyre.reactor.PollEvented;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@EveryBackend
class CloseTest extends OnLoop {
    CloseTest(Backend backend) {
        super(backend);
    }

    @Test
    void fromItsOwnTask() throws Exception {
        Pair pair = pair();
        assertThrows(
                ClosedChannelException.class,
                () -> run(Futures.pollFn(task -> {
                    pair.ours().close();
                    pair.ours().close();
                    pair.ours().read(task, Buf.allocate(1));
                    return Poll.done();
                })));
        assertFalse(pair.ours().isOpen());
        assertEquals(-1, pair.theirs().getInputStream().read());
        assertThrows(ClosedChannelException.class, () -> run(write(pair.ours(), Buf.copyOf("x"))));
        assertThrows(ClosedChannelException.class, () -> pair.ours().localAddress());
        assertThrows(ClosedChannelException.class, () -> pair.ours().shutdownInput());
    }

    /** Neither the loop nor its selector remembers what has lived there. */
    @Test
    void whatIsClosedIsLetGo() throws Exception {
        List<WeakReference<PollEvented<?>>> closed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            closed.add(openedAndClosed());
        }
        settle();
        long start = System.nanoTime();
        while (closed.stream().anyMatch(each -> each.get() != null)) {
            assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), "held by somebody");
            System.gc();
            core.turn(Duration.ofMillis(10));
        }
    }

    /** In a frame of its own, which holds nothing afterwards. */
    private WeakReference<PollEvented<?>> openedAndClosed() throws Exception {
        PollEvented<?> evented = PollEvented.register(backend.packet(StandardProtocolFamily.INET), handle);
        evented.close();
        return new WeakReference<>(evented);
    }

    @Test
    void whatIsClosedWithItIsClosedOnTheLoopBeforeItTheLastNamedFirst() throws Exception {
        for (Closer closer : List.<Closer>of(
                PollEvented::close, each -> aside(() -> close(each)).get(), each -> core.close())) {
            PollEvented<?> evented = PollEvented.register(backend.packet(StandardProtocolFamily.INET), handle);
            List<String> told = new ArrayList<>();
            for (String name : List.of("first", "second")) {
                evented.onClose(() -> {
                    assertTrue(handle.isOnLoop() && evented.source().isOpen());
                    told.add(name);
                });
            }
            closer.close(evented);
            if (told.isEmpty()) {
                settle();
            }
            assertEquals(List.of("second", "first"), told);
            assertFalse(evented.source().isOpen());
        }
    }

    private interface Closer {
        void close(PollEvented<?> evented) throws Exception;
    }

    private static Object close(PollEvented<?> evented) throws IOException {
        evented.close();
        return evented;
    }

    @Test
    void whatFailsToBeClosedWithItKeepsNothingOpen() throws Exception {
        PollEvented<?> evented = PollEvented.register(backend.packet(StandardProtocolFamily.INET), handle);
        List<String> told = new ArrayList<>();
        evented.onClose(() -> told.add("first"));
        evented.onClose(() -> {
            throw new IOException("second");
        });
        assertSays("second", IOException.class, evented::close);
        assertEquals(List.of("first"), told);
        assertFalse(evented.source().isOpen());
        evented.close();
        assertEquals(List.of("first"), told);
    }

    @Test
    void whatIsToBeClosedWithWhatIsClosedIsClosedAtOnce() throws Exception {
        PollEvented<?> evented = PollEvented.register(backend.packet(StandardProtocolFamily.INET), handle);
        evented.close();
        List<String> told = new ArrayList<>();
        evented.onClose(() -> told.add("late"));
        assertEquals(List.of("late"), told);
    }

    @Test
    void fromAnotherTask() throws Exception {
        Pair pair = pair();
        JoinHandle<Integer> reading = handle.spawn(read(pair.ours(), Buf.allocate(1)));
        JoinHandle<Object> writing = handle.spawn(untilRefused(pair.ours()));
        settle();
        run(closing(pair.ours()));
        assertThrows(ClosedChannelException.class, () -> run(reading));
        assertThrows(ClosedChannelException.class, () -> run(writing));
        assertEquals(2, uncaught.size());
        uncaught.clear();
    }

    @Test
    void fromAnotherThreadAnyNumberOfTimes() throws Exception {
        Pair pair = pair();
        JoinHandle<Integer> reading = handle.spawn(read(pair.ours(), Buf.allocate(1)));
        settle();
        var closers = new ArrayList<java.util.concurrent.CompletableFuture<?>>();
        for (int i = 0; i < 8; i++) {
            closers.add(aside(() -> {
                pair.ours().close();
                pair.ours().close();
                return null;
            }));
        }
        assertThrows(ClosedChannelException.class, () -> run(reading));
        uncaught.clear();
        for (var closer : closers) {
            closer.get();
        }
        settle();
        assertEquals(-1, pair.theirs().getInputStream().read());
    }

    /** The descriptor belongs to the loop, which is gone: no second close may hit its next owner. */
    @Test
    void fromManyThreadsWhileTheCoreCloses() throws Exception {
        for (int round = 0; round < 50; round++) {
            open();
            Pair pair = pair();
            var closers = new ArrayList<java.util.concurrent.CompletableFuture<?>>();
            for (int i = 0; i < 3; i++) {
                closers.add(aside(() -> {
                    for (int n = 0; n < 100; n++) {
                        pair.ours().close();
                    }
                    return null;
                }));
            }
            core.close();
            for (var closer : closers) {
                closer.get();
            }
            assertFalse(pair.ours().isOpen());
            assertEquals(-1, pair.theirs().getInputStream().read());
        }
    }

    @Test
    void aListenerWhoseTaskWaits() throws Exception {
        TcpListener listener = listen();
        InetSocketAddress address = listener.localAddress();
        JoinHandle<TcpStream> accepting = handle.spawn(listener.accept());
        settle();
        aside(() -> {
            listener.close();
            listener.close();
            return null;
        });
        assertThrows(ClosedChannelException.class, () -> run(accepting));
        uncaught.clear();
        assertThrows(ConnectException.class, () -> client(address));
        assertThrows(ClosedChannelException.class, () -> run(listener.accept()));
    }

    /** Behaviour 22: both have their event in one batch; the first to run closes the other. */
    @Test
    void theOtherOfTheSameBatch() throws Exception {
        for (int round = 0; round < 20; round++) {
            Pair a = pair();
            Pair b = pair();
            List<String> told = new ArrayList<>();
            JoinHandle<?> one = handle.spawn(readThenClose(a, b, told));
            JoinHandle<?> other = handle.spawn(readThenClose(b, a, told));
            settle();
            a.send("a");
            b.send("b");
            run(one);
            run(other);
            assertEquals(2, told.size(), "" + told);
            assertTrue(told.contains("closed") && told.contains("1"), "" + told);
        }
    }

    @Test
    void byTheCore() throws Exception {
        Pair pair = pair();
        TcpListener listener = listen();
        InetSocketAddress address = listener.localAddress();
        JoinHandle<TcpStream> accepting = handle.spawn(listener.accept());
        settle();
        core.close();
        assertFalse(pair.ours().isOpen());
        assertTrue(accepting.isDone());
        assertEquals(-1, pair.theirs().getInputStream().read());
        assertThrows(ConnectException.class, () -> client(address));
        pair.ours().close();
        listener.close();
    }

    private static Future<Void> readThenClose(Pair mine, Pair other, List<String> told) {
        Buf one = Buf.allocate(1);
        return Futures.pollFn(task -> {
            int n;
            try {
                n = mine.ours().read(task, one);
            } catch (ClosedChannelException e) {
                told.add("closed");
                return Poll.done();
            }
            if (n == Io.NOT_READY) {
                return Poll.pending();
            }
            told.add("" + n);
            other.ours().close();
            return Poll.done();
        });
    }

    private static Future<Void> closing(TcpStream stream) {
        return Futures.lazy(() -> {
            stream.close();
            return Futures.done();
        });
    }

    private static Future<Object> untilRefused(TcpStream stream) throws IOException {
        Buf zeros = Buf.allocate(65_536);
        return Futures.pollFn(task -> {
            while (stream.write(task, zeros.clear().advance(65_536)) != Io.NOT_READY) {
                zeros.clear();
            }
            return Poll.pending();
        });
    }
}
