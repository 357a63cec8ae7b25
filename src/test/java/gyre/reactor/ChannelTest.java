package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.channel.Channel;
import gyre.channel.Oneshot;
import gyre.channel.Receiver;
import gyre.channel.ReceiverClosedException;
import gyre.channel.Sender;
import gyre.future.Block;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Loop;
import gyre.future.Poll;
import gyre.future.Streams;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.SpyBackend;
import gyre.testing.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels between loops, and between a loop and other threads. */
@EveryBackend
class ChannelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ITEMS = 5_000;

    private final SpyBackend spy;
    private Core core;
    private Handle handle;

    ChannelTest(Backend backend) {
        spy = new SpyBackend(backend);
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder().backend(spy).open();
        handle = core.handle();
    }

    @AfterEach
    void close() throws Exception {
        core.close();
    }

    /** A wake-up that was lost is not made good by the time limit's. */
    private <T> T run(Future<T> future) throws Exception {
        long start = System.nanoTime();
        T value = core.run(handle.timeout(future, PATIENCE));
        assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), "done, but nobody said so");
        return value;
    }

    @Test
    void otherThreadsSendToATaskOfTheLoop() throws Exception {
        for (Channel<Integer> channel : List.of(Channel.<Integer>unbounded(), Channel.<Integer>bounded(0))) {
            Threads threads = new Threads();
            for (int i = 0; i < 4; i++) {
                Sender<Integer> mine = channel.sender().another();
                threads.start(() -> {
                    try (mine) {
                        for (int n = 1; n <= ITEMS; n++) {
                            Block.parking(mine.send(n));
                        }
                    }
                    return null;
                });
            }
            channel.sender().close();
            JoinHandle<Long> sum = handle.spawn(channel.receiver().fold(0L, Long::sum));
            assertEquals(4L * ITEMS * (ITEMS + 1) / 2, run(sum));
            threads.join();
        }
    }

    @Test
    void aTaskOfTheLoopSendsToAThreadThatBlocks() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
        Threads threads = new Threads();
        threads.start(() -> {
            AtomicInteger next = new AtomicInteger();
            Block.parking(channel.receiver().forEach(item -> assertEquals(next.getAndIncrement(), item)));
            assertEquals(ITEMS, next.get());
            return null;
        });
        run(handle.spawn(Streams.from(items).forward(channel.sender())));
        threads.join();
    }

    @Test
    void twoLoopsPlayPingPong() throws Exception {
        Channel<Integer> there = Channel.bounded(0);
        Channel<Integer> back = Channel.bounded(0);
        Threads threads = new Threads();
        threads.start(() -> {
            try (Core other = Core.builder().backend(spy).open()) {
                return other.run(there.receiver().map(n -> n + 1).forward(back.sender()));
            }
        });
        Future<Integer> game = Futures.loopFn(0, n -> {
            if (n == 2 * ITEMS) {
                there.sender().close();
                return Futures.ready(Loop.done(n));
            }
            return there.sender().send(n).andThen(sent -> next(back.receiver())).map(m -> Loop.again(m + 1));
        });
        assertEquals(2 * ITEMS, run(game));
        threads.join();
        assertTrue(back.receiver().poll(() -> {}).isEnd());
    }

    private static <T> Future<T> next(Receiver<T> receiver) {
        return Futures.pollFn(receiver::poll);
    }

    /** Both ends on one loop, always ready: whoever else is there gets on. */
    @Test
    void aChannelThatIsAlwaysFullStarvesNobody() throws Exception {
        for (Channel<Integer> channel : List.of(Channel.<Integer>unbounded(), Channel.<Integer>bounded(10_000))) {
            handle.spawn(Streams.repeat(1).forward(channel.sender()).recover(closed -> null));
            for (int i = 0; i < 10; i++) {
                core.turn(Duration.ZERO);
            }
            AtomicInteger received = new AtomicInteger();
            AtomicInteger others = new AtomicInteger();
            JoinHandle<Void> all = handle.spawn(channel.receiver().forEach(item -> received.incrementAndGet()));
            JoinHandle<Void> other = handle.spawn(Futures.pollFn(task -> {
                others.incrementAndGet();
                task.wake();
                return Poll.pending();
            }));
            for (int turns = 1; turns <= 20; turns++) {
                int before = received.get();
                core.turn(Duration.ZERO);
                int inATurn = received.get() - before;
                assertTrue(inATurn > 0 && inATurn <= SpawnedTask.BUDGET, inATurn + " items in a turn");
                assertEquals(turns, others.get());
            }
            assertFalse(all.isDone());
            other.abort();
            all.abort();
            assertThrows(CancellationException.class, () -> run(all));
            assertTrue(channel.sender().isClosed(), "its receiver was cancelled");
            core.turn(Duration.ZERO);
        }
    }

    @Test
    void whoWaitsToSendLearnsThatTheLoopHasGone() throws Exception {
        Channel<Integer> channel = Channel.bounded(0);
        Receiver<Integer> receiver = channel.receiver();
        Oneshot<String> ready = Oneshot.open();
        Threads threads = new Threads();
        threads.start(() -> {
            assertTrue(channel.sender().trySend(1));
            Future<Void> second = channel.sender().send(2);
            assertTrue(second.poll(() -> {}).isPending());
            ready.sender().send("full");
            return assertThrows(ReceiverClosedException.class, () -> Block.parking(second));
        });
        assertEquals("full", run(ready.receiver()));
        // a task that has the receiver and does not take anything out
        handle.spawn(Futures.pollFn(task -> Poll.pending()).onEnd(outcome -> receiver.cancel()));
        core.turn(Duration.ZERO);
        core.close();
        threads.join();
    }

    @Test
    void aValueFromAnotherThreadWakesALoopThatSleeps() throws Exception {
        Threads threads = new Threads();
        for (int i = 0; i < 500; i++) {
            Oneshot<Integer> oneshot = Oneshot.open();
            int value = i;
            threads.start(() -> oneshot.sender().send(value));
            assertEquals(value, run(oneshot.receiver()));
        }
        threads.join();
    }

    @Test
    void onOneLoopNothingRings() throws Exception {
        Channel<Integer> channel = Channel.bounded(0);
        handle.spawn(Streams.from(IntStream.range(0, 1_000).boxed().toList()).forward(channel.sender()));
        assertEquals(1_000, run(channel.receiver().fold(0, (n, item) -> n + 1)));
        assertEquals(0, spy.wakeups.get());
    }
}
