package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryBackend
class CoreGroupTest {
    private static final String PREFIX = "group-under-test";

    private final Backend backend;
    private final List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
    private OpenDescriptors before;

    CoreGroupTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void remember() throws Exception {
        Core.builder().backend(backend).open().close(); // what the JDK opens once
        before = OpenDescriptors.now();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertEquals(List.of(), threads());
        before.assertNoMore();
    }

    private CoreGroupBuilder builder(int size) {
        return CoreGroup.builder().size(size).threads(PREFIX).core(core());
    }

    private CoreBuilder core() {
        return Core.builder().backend(backend).uncaughtExceptionHandler((t, e) -> uncaught.add(e));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(PREFIX))
                .sorted()
                .toList();
    }

    @Test
    void everyLoopHasAThreadOfItsOwn() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (CoreGroup group = builder(3).start(pinned -> {
            names.add(Thread.currentThread().getName());
            assertTrue(pinned.handle().isOnLoop());
            return Futures.done();
        })) {
            assertEquals(Set.of(PREFIX + "-0", PREFIX + "-1", PREFIX + "-2"), names);
            assertEquals(List.copyOf(new java.util.TreeSet<>(names)), threads());
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        PREFIX + "-" + i,
                        get(group.handles()
                                .get(i)
                                .spawn(Call.of(() -> Thread.currentThread().getName()))));
            }
        }
    }

    @Test
    void startWaitsUntilEveryLoopIsSetUp() throws Exception {
        AtomicInteger ready = new AtomicInteger();
        try (CoreGroup group = builder(3)
                .start(pinned -> pinned.handle().sleep(Duration.ofMillis(20)).inspect(x -> ready.incrementAndGet()))) {
            assertEquals(3, ready.get());
            assertFalse(group.ended().isDone());
        }
    }

    @Test
    void whatASetupSpawnsGoesOn() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        try (CoreGroup group = builder(2).start(pinned -> {
            pinned.spawn(pinned.handle().sleep(Duration.ofMillis(10)).inspect(x -> done.countDown()));
            return Futures.done();
        })) {
            assertTrue(done.await(10, TimeUnit.SECONDS), group::toString);
        }
    }

    @Test
    void nextGoesRoundWhoeverAsks() throws Exception {
        try (CoreGroup group = builder(3).start()) {
            Map<Handle, AtomicInteger> asked = new ConcurrentHashMap<>();
            group.handles().forEach(handle -> asked.put(handle, new AtomicInteger()));
            List<Thread> askers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread asker = new Thread(() -> {
                    for (int n = 0; n < 3_000; n++) {
                        asked.get(group.next()).incrementAndGet();
                    }
                });
                asker.start();
                askers.add(asker);
            }
            for (Thread asker : askers) {
                asker.join();
            }
            asked.values().forEach(count -> assertEquals(4_000, count.get()));
            assertSame(group.handles().get(0), group.next());
            assertSame(group.handles().get(1), group.next());
        }
    }

    @Test
    void aSetupThatFailsStopsAllAndSurfaces() throws Exception {
        IOException failure = new IOException("no port");
        AtomicInteger ends = new AtomicInteger();
        CoreGroupBuilder builder = builder(4);
        AtomicInteger calls = new AtomicInteger();
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> builder.start(pinned -> {
                            if (calls.incrementAndGet() == 3) {
                                throw failure;
                            }
                            // These wait, so that only the failure can end the start.
                            return Futures.never().onEnd(outcome -> ends.incrementAndGet());
                        })));
        assertTrue(ends.get() <= 3);
        assertEquals(List.of(), threads());
        assertEquals(List.of(), uncaught);
        IllegalArgumentException unchecked = new IllegalArgumentException("bad");
        assertSame(
                unchecked,
                assertThrows(IllegalArgumentException.class, () -> builder.start(pinned -> Futures.failed(unchecked))));
        Exception checked = new Exception("odd");
        CompletionException wrapped =
                assertThrows(CompletionException.class, () -> builder.start(pinned -> Futures.failed(checked)));
        assertSame(checked, wrapped.getCause());
    }

    @Test
    void aSetupThatFindsAnotherLoopClosedFails() throws Exception {
        Core closed = core().open();
        closed.close();
        assertThrows(
                LoopClosedException.class,
                () -> builder(2).start(pinned -> closed.handle().spawn(Futures.ready(1))));
    }

    @Test
    void aBuilderStartsAnyNumberOfGroups() throws Exception {
        CoreGroupBuilder builder = builder(2);
        try (CoreGroup one = builder.start();
                CoreGroup two = builder.start()) {
            Set<Handle> all = new HashSet<>(one.handles());
            all.addAll(two.handles());
            assertEquals(4, all.size());
        }
    }

    @Test
    void aFactoryWithoutThreadsLeavesNothingBehind() {
        List<Thread> made = new ArrayList<>();
        CoreGroupBuilder builder = builder(3).threadFactory(loop -> {
            if (made.size() == 2) {
                return null;
            }
            made.add(new Thread(loop, PREFIX));
            return made.get(made.size() - 1);
        });
        IllegalStateException none = assertThrows(IllegalStateException.class, builder::start);
        assertTrue(none.getMessage().contains("no thread"), none.getMessage());
        OutOfMemoryError error = new OutOfMemoryError("unable to create native thread");
        CoreGroupBuilder failing = builder(3).threadFactory(loop -> new Thread(loop, PREFIX) {
            @Override
            public synchronized void start() {
                throw error;
            }
        });
        assertSame(error, assertThrows(OutOfMemoryError.class, failing::start));
    }

    @Test
    void aLoopThatCannotBeOpenedClosesTheOthers() {
        AtomicInteger opened = new AtomicInteger();
        Backend scarce = new gyre.testing.SpyBackend(backend) {
            @Override
            public gyre.sys.Selector selector() throws IOException {
                if (opened.incrementAndGet() == 3) {
                    throw new IOException("too many open files");
                }
                return super.selector();
            }
        };
        CoreGroupBuilder builder = builder(4).core(Core.builder().backend(scarce));
        assertTrue(assertThrows(IOException.class, builder::start).getMessage().contains("too many"));
    }

    @Test
    void startingOnALoopIsRefused() throws Exception {
        try (Core core = core().open()) {
            IllegalStateException e = assertThrows(
                    IllegalStateException.class,
                    () -> core.run(Call.of(() -> builder(2).start())));
            assertTrue(e.getMessage().contains("loop"), e.getMessage());
        }
    }

    @Test
    void anInterruptEndsAStartThatWaits() {
        Thread me = Thread.currentThread();
        CoreGroupBuilder builder = builder(2);
        assertThrows(
                InterruptedIOException.class,
                () -> builder.start(pinned -> {
                    me.interrupt();
                    return Futures.never();
                }));
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
    }

    @Test
    void closeFromAnyThreadAnyNumberOfTimes() throws Exception {
        for (int round = 0; round < 20; round++) {
            CoreGroup group = builder(3).start();
            List<CompletableFuture<Void>> closers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                closers.add(CompletableFuture.runAsync(group::close));
            }
            group.close();
            assertEquals(List.of(), threads());
            for (CompletableFuture<Void> closer : closers) {
                closer.get(10, TimeUnit.SECONDS);
            }
            group.close();
            assertNull(group.ended().get(10, TimeUnit.SECONDS));
            assertThrows(LoopClosedException.class, () -> group.next().spawn(Futures.ready(1)));
        }
    }

    @Test
    void closeFromInsideOneOfItsLoopsEndsAllOfThem() throws Exception {
        CoreGroup group = builder(3).start();
        JoinHandle<Void> bystander = group.handles().get(0).spawn(Futures.never());
        group.handles().get(1).execute(group::close);
        group.ended().get(10, TimeUnit.SECONDS);
        assertTrue(bystander.isDone());
        group.close();
    }

    @Test
    void twoGroupsMayCloseEachOther() throws Exception {
        for (int round = 0; round < 20; round++) {
            CoreGroup one = builder(2).start();
            CoreGroup two = builder(2).start();
            one.ended().thenRun(two::close);
            two.ended().thenRun(one::close);
            CountDownLatch both = new CountDownLatch(2);
            one.next().execute(() -> closeWhenBothAreThere(both, two));
            two.next().execute(() -> closeWhenBothAreThere(both, one));
            one.ended().get(10, TimeUnit.SECONDS);
            two.ended().get(10, TimeUnit.SECONDS);
            one.close();
            two.close();
        }
    }

    private static void closeWhenBothAreThere(CountDownLatch both, CoreGroup group) {
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        group.close();
    }

    @Test
    void closeWaitsInSpiteOfAnInterrupt() throws Exception {
        CoreGroup group = builder(2).start();
        Thread.currentThread().interrupt();
        group.close();
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        assertEquals(List.of(), threads());
    }

    @Test
    void aTaskThatFailsEndsNothingElse() throws Exception {
        try (CoreGroup group = builder(2).start()) {
            IllegalStateException failure = new IllegalStateException("one task");
            JoinHandle<Object> failed = group.next().spawn(Futures.failed(failure));
            assertThrows(ExecutionException.class, () -> get(failed));
            for (Handle handle : group.handles()) {
                assertEquals(1, get(handle.spawn(Futures.ready(1))));
            }
            assertEquals(List.of(failure), uncaught);
            assertFalse(group.ended().isDone());
        }
    }

    @Test
    void aLoopThatDiesTakesTheOthersWithIt() throws Exception {
        CoreGroup group = builder(3).start();
        OutOfMemoryError error = new OutOfMemoryError("test");
        JoinHandle<Void> elsewhere = group.handles().get(0).spawn(Futures.never());
        group.handles().get(2).spawn(Call.of(() -> {
            throw error;
        }));
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> group.ended().get(10, TimeUnit.SECONDS));
        assertSame(error, e.getCause());
        assertTrue(elsewhere.isDone());
        assertThrows(LoopClosedException.class, () -> group.handles().get(1).spawn(Futures.ready(1)));
        group.close();
    }

    @Test
    void aSelectorThatFailsClosesItsLoopToo() throws Exception {
        AtomicInteger selects = new AtomicInteger();
        IOException failure = new IOException("the queue is broken");
        CoreGroup group = builder(2)
                .core(core().backend(new gyre.testing.SpyBackend(backend) {
                    @Override
                    public gyre.sys.Selector selector() throws IOException {
                        return new FailingSelector(super.selector(), selects, failure);
                    }
                }))
                .start();
        selects.set(1);
        Future<Void> never = Futures.never();
        JoinHandle<Void> task = group.next().spawn(never);
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> group.ended().get(10, TimeUnit.SECONDS));
        assertSame(failure, e.getCause());
        assertTrue(task.isDone());
        group.close();
    }

    @Test
    void badOptionsAreNamed() {
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> CoreGroup.builder().size(0))
                .getMessage()
                .contains("at least 1: 0"));
        assertThrows(
                IllegalArgumentException.class,
                () -> builder(2).core(Core.builder().backend("no such")).start());
        assertThrows(NullPointerException.class, () -> builder(2).start(null));
    }

    private static <T> T get(JoinHandle<T> task) throws Exception {
        return task.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
