package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.sys.Ready;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How channels of others come to be watched and cease to be: given back, closed by anybody, with the Core, with the thread. */
@EveryBackend
class ForeignChannelLifeTest extends WatchingChannels {
    ForeignChannelLifeTest(Backend backend) {
        super(backend);
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

    @Test
    void aWatchedChannelIsNoTaskThatIsLeft() throws Exception {
        var source = watch(openPipe().source());
        settle();
        assertTrue(core.runUntilIdle(Duration.ofSeconds(1)));
        source.close();
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

    @Test
    void aChannelGivenBackMayBlockAtOnce() throws Exception {
        Pipe pipe = openPipe();
        for (int i = 0; i < 100; i++) {
            var source = watch(pipe.source());
            var reading = handle.spawn(read(source, 16));
            settle();
            source.deregister().channel().configureBlocking(true);
            assertThrows(ClosedChannelException.class, () -> run(reading));
            uncaught.clear();
        }
    }

    /** Wherever who watches has got to with it. */
    @Test
    void aChannelGivenBackBeforeItIsWatchedMayBlockAtOnce() throws Exception {
        Pipe pipe = openPipe();
        for (int i = 0; i < 2_000; i++) {
            var source = PollEvented.fromChannel(pipe.source(), handle);
            source.needRead(() -> {});
            for (int spins = i % 200; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            source.deregister().channel().configureBlocking(true);
            assertTrue(pipe.source().isBlocking());
        }
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
    void aRingThatComesWhileAChannelIsWatchedAnewIsKept() throws Exception {
        Pipe pipe = openPipe();
        try (Selector selector = Selector.open()) {
            ChannelKey anew = new ChannelKey(pipe.source(), handle.loop());
            pipe.source().register(selector, 0).cancel();
            assertTrue(anew.ask(Ready.READ));
            selector.wakeup();
            anew.serve(selector);
            long start = System.nanoTime();
            selector.select(PATIENCE.toMillis());
            assertTrue(System.nanoTime() - start < PATIENCE.toNanos());
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
}
