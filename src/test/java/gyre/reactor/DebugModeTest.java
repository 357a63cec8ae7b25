package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.BufPool;
import gyre.channel.Channel;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a loop reports that was asked to. */
@EveryBackend
class DebugModeTest {
    private static final long THRESHOLD = Duration.ofMillis(20).toNanos();
    private static final int PATIENCE_SECONDS = 20;

    private record Report(String what, Throwable where) {}

    private final Backend backend;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final List<Task> held = new ArrayList<>();
    private final List<Runnable> commands = new ArrayList<>();

    DebugModeTest(Backend backend) {
        this.backend = backend;
    }

    private Core open(boolean lostWakeUps, long stallNanos) throws Exception {
        DebugMode debug = DebugMode.of(lostWakeUps, stallNanos, (what, where) -> reports.add(new Report(what, where)));
        BufPool pool = new BufPool(1024, 1024, false);
        return new Core(new Loop(
                backend, pool, (thread, e) -> reports.add(new Report("failed", e)), WaitStrategy.park(), null, debug));
    }

    @Test
    void aTaskThatNobodyCanWakeIsReportedWithThePlaceOfItsSpawn() throws Exception {
        try (Core core = open(true, 0)) {
            core.handle().spawn(Futures.pollFn(task -> Poll.pending()));
            Report report = collectUntilReported(core);
            assertTrue(report.what.contains("nobody is left who could wake it"), report.what);
            assertTrue(names(report.where, "aTaskThatNobodyCanWakeIsReportedWithThePlaceOfItsSpawn"));
            collect(core);
            assertEquals(List.of(), new ArrayList<>(reports), "once");
        }
    }

    /** A second at most after the collection, though nothing else happens. */
    @Test
    void aLoopThatSleepsReportsToo() throws Exception {
        try (Core core = open(true, 0)) {
            Handle handle = core.handle();
            handle.spawn(Futures.pollFn(task -> Poll.pending()));
            Thread collector = new Thread(() -> {
                while (reports.isEmpty() && !core.handle().loop().isClosed()) {
                    System.gc();
                }
                held.get(0).wake();
            });
            core.run(Futures.pollFn(task -> {
                if (held.isEmpty()) {
                    held.add(task);
                    collector.start();
                }
                return reports.isEmpty() ? Poll.pending() : Poll.done();
            }));
            collector.join();
            assertEquals(1, reports.size());
        }
    }

    @Test
    void aTaskThatIsHeldIsNotReported() throws Exception {
        try (Core core = open(true, 0)) {
            Handle handle = core.handle();
            handle.spawn(Futures.pollFn(task -> {
                held.add(task);
                return Poll.pending();
            }));
            handle.spawn(handle.sleep(Duration.ofDays(1)));
            JoinHandle<Void> joined = handle.spawn(handle.sleep(Duration.ofDays(1)));
            handle.spawn(joined);
            handle.spawn(Futures.callOn(commands::add, () -> 1));
            Channel<String> channel = Channel.unbounded();
            handle.spawn(channel.receiver().forEach(item -> {}));
            core.turn(Duration.ZERO);
            collect(core);
            assertEquals(List.of(), new ArrayList<>(reports));
            assertEquals(1, commands.size());
            channel.sender().close();
        }
    }

    @Test
    void whatItsHolderForgetsIsReportedThen() throws Exception {
        try (Core core = open(true, 0)) {
            core.handle().spawn(Futures.pollFn(task -> {
                held.add(task);
                return Poll.pending();
            }));
            core.turn(Duration.ZERO);
            collect(core);
            assertTrue(reports.isEmpty());
            held.get(0).wake();
            held.clear();
            core.turn(Duration.ZERO); // polled again, and held again
            collect(core);
            assertTrue(reports.isEmpty());
            held.clear();
            collectUntilReported(core);
        }
    }

    @Test
    void aSlowPollIsReportedWhileItLasts() throws Exception {
        try (Core core = open(false, THRESHOLD)) {
            JoinHandle<Report> slow =
                    core.handle().spawn(Call.of(() -> reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)));
            Report report = core.run(slow);
            assertTrue(report.what.contains("a poll on loop " + core.id() + " has taken "), report.what);
            assertTrue(names(report.where, "aSlowPollIsReportedWhileItLasts"), "the lambda's name has the test's");
            assertTrue(names(report.where.getSuppressed()[0], "aSlowPollIsReportedWhileItLasts"));
        }
    }

    /** Also the future of run, and each poll once. */
    @Test
    void eachSlowPollIsReportedOnce() throws Exception {
        try (Core core = open(true, THRESHOLD)) {
            int[] polls = new int[1];
            core.run(Futures.pollFn(task -> {
                reports.take();
                assertFalse(new CountDownLatch(1).await(5 * THRESHOLD, TimeUnit.NANOSECONDS));
                assertTrue(reports.isEmpty(), "not twice");
                task.wake();
                return ++polls[0] == 3 ? Poll.done() : Poll.pending();
            }));
        }
    }

    @Test
    void aLoopThatWaitsIsNoStall() throws Exception {
        try (Core core = open(false, THRESHOLD)) {
            core.run(core.handle().sleep(Duration.ofNanos(10 * THRESHOLD)));
            assertEquals(List.of(), new ArrayList<>(reports));
        }
    }

    @Test
    void closingEndsItsThread() throws Exception {
        Core core = open(false, THRESHOLD);
        Thread watcher = watcher(core).orElseThrow();
        core.close();
        watcher.join(PATIENCE_SECONDS * 1000L);
        assertFalse(watcher.isAlive());
    }

    private static Optional<Thread> watcher(Core core) {
        String name = "gyre-stalls-" + core.id();
        Thread[] all = new Thread[Thread.activeCount() + 10];
        int count = Thread.enumerate(all);
        return Arrays.stream(all, 0, count)
                .filter(thread -> thread.getName().equals(name))
                .findFirst();
    }

    @Test
    void aThreadThatCannotBeStartedLeavesNothingOpen() throws Exception {
        open(false, 0).close(); // what the JDK opens once
        OpenDescriptors before = OpenDescriptors.now();
        OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
        StallDetector stalls = new StallDetector(THRESHOLD, (what, where) -> {}, watcher -> new Thread(watcher) {
            @Override
            public synchronized void start() {
                throw none;
            }
        });
        DebugMode debug = new DebugMode(null, stalls);
        BufPool pool = new BufPool(1024, 1024, false);
        assertSame(
                none,
                assertThrows(
                        OutOfMemoryError.class,
                        () -> new Loop(backend, pool, (thread, e) -> {}, WaitStrategy.park(), null, debug)));
        before.assertNoMore();
    }

    @Test
    void aPropertyBelowZeroSwitchesItOff() throws Exception {
        String property = "gyre.debug.stalls";
        String was = System.getProperty(property);
        System.setProperty(property, "-1");
        try (Core core = Core.builder().backend(backend).open()) {
            assertTrue(watcher(core).isEmpty());
        } finally {
            if (was == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, was);
            }
        }
    }

    @Test
    void aNegativeThresholdIsNamed() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Core.builder().reportStalls(Duration.ofMillis(-1)));
        assertTrue(e.getMessage().contains("PT-0.001S"), e.getMessage());
    }

    /** Until the collector has certainly run after this call. */
    private static void collect(Core core) throws Exception {
        WeakReference<Object> witness = new WeakReference<>(new Object());
        while (witness.get() != null) {
            System.gc();
        }
        for (int i = 0; i < 3; i++) {
            core.turn(Duration.ofMillis(10));
        }
    }

    private Report collectUntilReported(Core core) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        core.turn(Duration.ZERO);
        while (reports.isEmpty() && System.nanoTime() < end) {
            collect(core);
        }
        Report report = reports.poll();
        assertTrue(report != null, "nothing was reported");
        return report;
    }

    private static boolean names(Throwable where, String method) {
        return Arrays.stream(where.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().contains(method));
    }
}
