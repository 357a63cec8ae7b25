package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Copy;
import gyre.net.TcpListener;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.SpyBackend;
import gyre.testing.Threads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EveryBackend
class WaitStrategyTest {
    private static final WaitStrategy NOW_AND_THEN = (spun, waited) -> spun == 0 ? 30_000 : 0;

    private final SpyBackend spy;
    private final Threads threads = new Threads();

    WaitStrategyTest(Backend backend) {
        spy = new SpyBackend(backend);
    }

    static Stream<Named<WaitStrategy>> strategies() {
        return Stream.of(
                Named.of("park", WaitStrategy.park()),
                Named.of("spin", WaitStrategy.spin()),
                Named.of("spin, then park", WaitStrategy.spin(Duration.ofMillis(1))),
                Named.of("a user's", NOW_AND_THEN));
    }

    private Core open(WaitStrategy strategy) throws Exception {
        return Core.builder().backend(spy).waitStrategy(strategy).open();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void everyConnectionIsServedToItsEnd(WaitStrategy strategy) throws Exception {
        try (Core core = open(strategy)) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
            CountDownLatch ends = new CountDownLatch(3);
            handle.spawn(listener.incoming()
                    .forEach(socket -> handle.spawn(
                            Futures.using(socket, s -> Copy.copy(s, s)).onEnd(outcome -> ends.countDown()))));
            threads.start(() -> {
                InetSocketAddress server = listener.localAddress();
                try (Socket busy = connect(server);
                        Socket calm = connect(server)) {
                    for (int i = 0; i < 300; i++) {
                        echo(busy, i);
                    }
                    echo(calm, 7);
                    busy.shutdownOutput();
                    assertEquals(-1, busy.getInputStream().read());
                    for (int i = 0; i < 100; i++) {
                        echo(calm, i);
                    }
                    try (Socket late = connect(server)) {
                        echo(late, 9);
                    }
                }
                assertTrue(ends.await(20, TimeUnit.SECONDS), "a connection's end goes unnoticed");
                end(core);
                return null;
            });
            assertThrows(LoopClosedException.class, () -> core.run(Futures.never()));
            threads.join();
        }
    }

    /** Closes it early; javac warns of that where it stands in the same method as the {@code try}. */
    private static void end(Core core) throws Exception {
        core.close();
    }

    private static Socket connect(InetSocketAddress server) throws Exception {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void echo(Socket socket, int number) throws Exception {
        socket.getOutputStream().write(number);
        assertEquals(number & 0xFF, socket.getInputStream().read());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void noTimerIsEarlyAndNoneIsForgotten(WaitStrategy strategy) throws Exception {
        try (Core core = open(strategy)) {
            Handle handle = core.handle();
            for (long nanos : new long[] {0, 1, 900, 50_000, 1_500_000, 5_000_000}) {
                long start = System.nanoTime();
                core.run(handle.sleep(Duration.ofNanos(nanos)));
                assertTrue(System.nanoTime() - start >= nanos, nanos + " ns were over early");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aTurnWithNothingToDoTakesAsLongAsItMay(WaitStrategy strategy) throws Exception {
        try (Core core = open(strategy)) {
            long start = System.nanoTime();
            core.turn(Duration.ofMillis(5));
            long took = System.nanoTime() - start;
            assertTrue(took >= 5_000_000, "returned after " + took + " ns");
            core.turn(Duration.ZERO);
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void tasksFromAnotherThreadRun(WaitStrategy strategy) throws Exception {
        try (Core core = open(strategy)) {
            Handle handle = core.handle();
            threads.start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    int number = i;
                    assertEquals(
                            number,
                            handle.spawn(Futures.ready(number))
                                    .toCompletableFuture()
                                    .get(20, TimeUnit.SECONDS));
                }
                end(core);
                return null;
            });
            assertThrows(LoopClosedException.class, () -> core.run(Futures.never()));
            threads.join();
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void closeFromAnotherThreadEndsTheWait(WaitStrategy strategy) throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Core core = open(strategy)) {
                CountDownLatch running = new CountDownLatch(1);
                threads.start(() -> {
                    running.await();
                    end(core);
                    return null;
                });
                assertThrows(
                        LoopClosedException.class,
                        () -> core.run(Futures.lazy(() -> {
                            running.countDown();
                            return Futures.never();
                        })));
                threads.join();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void anInterruptEndsNothingAndIsKept(WaitStrategy strategy) throws Exception {
        try (Core core = open(strategy)) {
            Handle handle = core.handle();
            Thread loop = Thread.currentThread();
            CompletableFuture<Integer> done = new CompletableFuture<>();
            threads.start(() -> {
                loop.interrupt();
                for (int i = 0; i < 100; i++) {
                    handle.spawn(Futures.ready(i)).toCompletableFuture().get(20, TimeUnit.SECONDS);
                }
                done.complete(1);
                return null;
            });
            core.run(Futures.from(done));
            assertTrue(Thread.interrupted(), "the interrupt was lost");
            threads.join();
        }
    }

    @Test
    void memoryThatNoOneNeedsIsGivenBackWhileALoopSpins() throws Exception {
        try (Core core = open(WaitStrategy.spin())) {
            BufPool buffers = core.handle().pinned().buffers();
            List<Buf> taken = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                taken.add(buffers.take());
            }
            taken.forEach(buffers::release);
            core.run(core.handle().sleep(Duration.ofMillis(2_200)));
            assertTrue(buffers.stats().idle() < 10, () -> "kept: " + buffers.stats());
        }
    }

    @Test
    void nobodyRingsALoopThatSpins() throws Exception {
        try (Core core = open(WaitStrategy.spin())) {
            Handle handle = core.handle();
            AtomicReference<Task> waiting = new AtomicReference<>();
            CountDownLatch running = new CountDownLatch(1);
            CompletableFuture<Long> rings = new CompletableFuture<>();
            threads.start(() -> {
                running.await();
                for (int i = 0; i < 2_000; i++) {
                    handle.spawn(Futures.ready(i)).toCompletableFuture().get(20, TimeUnit.SECONDS);
                }
                rings.complete(spy.wakeups.get());
                waiting.get().wake();
                return null;
            });
            core.run(Futures.pollFn(task -> {
                waiting.set(task);
                running.countDown();
                return rings.isDone() ? Poll.done() : Poll.pending();
            }));
            threads.join();
            assertEquals(0, rings.get());
            assertEquals(0, spy.sleeps.get());
        }
    }

    @Test
    void aLoopThatHasSpunLongEnoughSleeps() throws Exception {
        try (Core core = open((spun, waited) -> 200_000)) {
            core.run(core.handle().sleep(Duration.ofMillis(20)));
            assertTrue(spy.looks.get() > 0, "it never spun");
            assertTrue(spy.sleeps.get() > 0, "it never slept");
        }
    }

    @Test
    void aStrategyHearsWhatItAnsweredAndHowLongTheWaitWas() throws Exception {
        List<long[]> heard = new ArrayList<>();
        long[] answers = {10_000, -5, Long.MAX_VALUE, 0};
        WaitStrategy strategy = (spun, waited) -> {
            heard.add(new long[] {spun, waited});
            return answers[heard.size() - 1];
        };
        try (Core core = open(strategy)) {
            for (int i = 1; i <= 4; i++) {
                core.turn(Duration.ofMillis(i));
            }
        }
        assertArrayEquals(new long[] {0, 0}, heard.get(0));
        long[] spun = {10_000, 0, Long.MAX_VALUE};
        for (int i = 1; i <= 3; i++) {
            assertEquals(spun[i - 1], heard.get(i)[0]);
            assertTrue(
                    heard.get(i)[1] >= i * 1_000_000L, "a wait of " + i + " ms was told as " + heard.get(i)[1] + " ns");
        }
        assertEquals(4, heard.size());
    }

    @Test
    void aStrategyIsNotAskedWhileThereIsWork() throws Exception {
        try (Core core = open((spun, waited) -> {
            throw new AssertionError("asked");
        })) {
            int[] polls = {0};
            core.run(Futures.pollFn(task -> {
                task.wake();
                return ++polls[0] < 1_000 ? Poll.pending() : Poll.done();
            }));
            core.turn(Duration.ZERO);
            assertEquals(1_000, polls[0]);
        }
    }

    @Test
    void whatAStrategyThrowsLeavesThroughRun() throws Exception {
        RuntimeException failure = new ArithmeticException("a strategy's");
        boolean[] fails = {true};
        try (Core core = open((spun, waited) -> {
            if (fails[0]) {
                throw failure;
            }
            return 0;
        })) {
            Future<Void> sleep = core.handle().sleep(Duration.ofMillis(1));
            assertSame(failure, assertThrows(ArithmeticException.class, () -> core.run(sleep)));
            fails[0] = false;
            core.run(core.handle().sleep(Duration.ofMillis(1)));
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }
}
