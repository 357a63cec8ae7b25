package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.sys.CpuBinding;
import gyre.testing.EveryBackend;
import gyre.testing.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What users do while a Core closes. */
@EveryBackend
class ClosingTest {
    private static final long PATIENCE_SECONDS = 30;

    private final Backend backend;

    ClosingTest(Backend backend) {
        this.backend = backend;
    }

    private Core open() throws IOException {
        return Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((thread, e) -> {})
                .open();
    }

    /** Pending for ever; the action is called by cancel. */
    private static Future<Void> cancelling(Action action) {
        AtomicReference<Task> last = new AtomicReference<>();
        return new Future<>() {
            @Override
            public Poll<Void> poll(Task task) {
                last.set(task);
                return Poll.pending();
            }

            @Override
            public void cancel() {
                action.with(last.get());
            }
        };
    }

    private interface Action {
        void with(Task task);
    }

    @Test
    void aTaskThatWakesItselfAsItIsCancelledIsCancelledOnce() throws Exception {
        AtomicInteger cancels = new AtomicInteger();
        try (Core core = open()) {
            core.handle().spawn(cancelling(task -> {
                cancels.incrementAndGet();
                task.wake();
            }));
            core.turn(Duration.ZERO);
        }
        assertEquals(1, cancels.get());
    }

    @Test
    void aCancelThatWakesTheNextTaskDoesNotNest() throws Exception {
        AtomicInteger cancels = new AtomicInteger();
        AtomicInteger depth = new AtomicInteger();
        List<Integer> depths = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        try (Core core = open()) {
            for (int i = 0; i < 100; i++) {
                core.handle().spawn(new Future<Void>() {
                    @Override
                    public Poll<Void> poll(Task task) {
                        tasks.add(task);
                        return Poll.pending();
                    }

                    @Override
                    public void cancel() {
                        depths.add(depth.incrementAndGet());
                        cancels.incrementAndGet();
                        tasks.forEach(Task::wake);
                        depth.decrementAndGet();
                    }
                });
            }
            core.turn(Duration.ZERO);
        }
        assertEquals(100, cancels.get());
        assertTrue(depths.stream().allMatch(d -> d == 1), () -> "cancelled inside each other: " + depths);
    }

    @Test
    void twoCoresThatCloseEachOtherDoNotWaitForEachOther() throws Exception {
        Core one = open();
        Core two = open();
        CyclicBarrier both = new CyclicBarrier(2);
        Threads other = new Threads();
        other.start(() -> assertThrows(LoopClosedException.class, () -> two.run(closes(one, both))));
        assertThrows(LoopClosedException.class, () -> one.run(closes(two, both)));
        other.join();
        one.close();
        two.close();
    }

    private static Future<Void> closes(Core core, CyclicBarrier both) {
        return Futures.pollFn(task -> {
            both.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            core.close();
            return Poll.pending();
        });
    }

    @Test
    void aCancelMayCloseACoreWhoseCancelClosesThis() throws Exception {
        for (int i = 0; i < 20; i++) {
            Core one = open();
            Core two = open();
            CyclicBarrier both = new CyclicBarrier(2);
            closesAsItIsCancelled(one, two, both);
            closesAsItIsCancelled(two, one, both);
            Threads other = new Threads();
            other.start(() -> {
                two.close();
                return null;
            });
            one.close();
            other.join();
        }
    }

    private static void closesAsItIsCancelled(Core core, Core other, CyclicBarrier both) throws IOException {
        core.handle().spawn(cancelling(task -> {
            try {
                both.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            close(other);
        }));
        core.turn(Duration.ZERO);
    }

    @Test
    void aCloseThatMeetsARunJustBeginningDoesNotHang() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Core core = open();
            CyclicBarrier both = new CyclicBarrier(2);
            Threads runner = new Threads();
            runner.start(() -> {
                both.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return assertThrows(LoopClosedException.class, () -> {
                    for (; ; ) {
                        core.run(Futures.ready("now"));
                    }
                });
            });
            both.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            core.close();
            runner.join();
        }
    }

    @Test
    void aCloseThatMeetsTheEndOfARunDoesNotHangWhereTheThreadStaysBound() throws Exception {
        IOException refused = new IOException("restore");
        AtomicReference<Core> bound = new AtomicReference<>();
        Thread closer = new Thread(() -> close(bound.get()));
        closer.setDaemon(true);
        CpuBinding binding = new CpuBinding() {
            @Override
            public void bind() {}

            @Override
            public void restore() throws IOException {
                closer.start();
                while (closer.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                throw refused;
            }
        };
        BufPool buffers = new BufPool(BufPool.DEFAULT_SIZE, BufPool.DEFAULT_MAX_BYTES, false);
        Core core = new Core(new Loop(backend, buffers, (thread, e) -> {}, WaitStrategy.park(), binding, null));
        bound.set(core);
        assertSame(refused, assertThrows(IOException.class, () -> core.run(Futures.done())));
        closer.join(Turning.PATIENCE.toMillis());
        assertFalse(closer.isAlive());
        assertThrows(LoopClosedException.class, () -> core.handle().pinned());
    }

    @Test
    void afterACloseByAnotherThreadTheFormerOwnerHearsThatItIsClosed() throws Exception {
        Core core = open();
        Threads closer = new Threads();
        closer.start(() -> {
            core.close();
            return null;
        });
        closer.join();
        assertThrows(LoopClosedException.class, () -> core.handle().pinned());
        assertThrows(LoopClosedException.class, () -> Timeout.after(Duration.ZERO, core.handle()));
    }

    @Test
    void aHandlerThatFailsByAnErrorEndsNothingElse() throws Exception {
        Core core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((thread, e) -> {
                    throw new AssertionError("the handler");
                })
                .open();
        List<JoinHandle<Void>> handles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            handles.add(core.handle().spawn(cancelling(task -> {
                throw new IllegalStateException("cancel");
            })));
        }
        core.handle().execute(() -> {
            throw new IllegalStateException("task");
        });
        core.turn(Duration.ZERO);
        core.close();
        assertTrue(handles.stream().allMatch(JoinHandle::isDone));
    }

    @Test
    void whoWaitsForACallThatNeverRanHearsOfIt() throws Exception {
        Core core = open();
        AtomicInteger wakes = new AtomicInteger();
        List<Future<String>> calls = new ArrayList<>();
        for (Executor executor : List.of(core.handle(), core.handle().delayed(Duration.ofHours(1)))) {
            calls.add(Futures.callOn(executor, () -> "ran"));
        }
        for (Future<String> call : calls) {
            assertTrue(call.poll(wakes::incrementAndGet).isPending());
        }
        core.close();
        assertEquals(2, wakes.get());
        for (Future<String> call : calls) {
            assertThrows(CancellationException.class, () -> call.poll(() -> {}));
        }
    }

    @Test
    void aFutureWhosePollNeverCameIsCancelled() throws Exception {
        for (int turns = 0; turns < 2; turns++) {
            Core core = open();
            List<Task> polled = new ArrayList<>();
            AtomicInteger closes = new AtomicInteger();
            AtomicInteger wakes = new AtomicInteger();
            Future<Void> waiting = Futures.pollOn(
                    core.handle(),
                    Futures.using(
                            closes::incrementAndGet,
                            resource -> Futures.<Void>pollFn(task -> {
                                polled.add(task);
                                return Poll.pending();
                            })));
            assertTrue(waiting.poll(wakes::incrementAndGet).isPending());
            for (int i = 0; i < turns; i++) {
                core.turn(Duration.ZERO);
                polled.remove(0).wake(); // for the next one, which never comes
            }
            core.close();
            assertEquals(1, wakes.get());
            assertThrows(CancellationException.class, () -> waiting.poll(() -> {}));
            assertEquals(1, closes.get());
            assertEquals(List.of(), polled);
        }
    }

    @Test
    void aCommandThatNeverRanIsCancelledByAnyThread() throws Exception {
        for (int i = 0; i < 200; i++) {
            Core core = open();
            CyclicBarrier both = new CyclicBarrier(2);
            Threads other = new Threads();
            other.start(() -> {
                both.await();
                core.close();
                return null;
            });
            both.await();
            List<FutureTask<String>> accepted = accepted(core.handle(), 5_000);
            other.join();
            assertTrue(accepted.stream().allMatch(FutureTask::isCancelled));
        }
    }

    private static List<FutureTask<String>> accepted(Handle handle, int most) {
        List<FutureTask<String>> accepted = new ArrayList<>();
        try {
            while (accepted.size() < most) {
                FutureTask<String> command = new FutureTask<>(() -> "never runs");
                handle.execute(command);
                accepted.add(command);
            }
        } catch (LoopClosedException closed) {
            return accepted;
        }
        return accepted;
    }

    private static void close(Core core) {
        try {
            core.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
