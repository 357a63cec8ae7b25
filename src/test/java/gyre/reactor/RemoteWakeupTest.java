package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Futures;
import gyre.future.Poll;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import gyre.testing.SpyBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Behaviours 26 and 27: whoever spawns, a sleeping loop is woken once. */
@EveryBackend
class RemoteWakeupTest {
    private static final int PRODUCERS = 64;
    private static final int SPAWNS = 500;

    private final SpyBackend spy;

    RemoteWakeupTest(Backend backend) {
        spy = new SpyBackend(backend);
    }

    @Test
    void atMostOneWakeupASleep() throws Exception {
        try (Core core = Core.builder().backend(spy).open()) {
            Handle handle = core.handle();
            AtomicInteger ran = new AtomicInteger();
            AtomicReference<gyre.future.Task> waiting = new AtomicReference<>();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                Thread producer = new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    for (int n = 0; n < SPAWNS; n++) {
                        handle.execute(() -> {
                            if (ran.incrementAndGet() == PRODUCERS * SPAWNS) {
                                waiting.get().wake();
                            }
                        });
                        if (n % 50 == 0) {
                            Thread.yield(); // so that the loop gets to sleep now and then
                        }
                    }
                });
                producers.add(producer);
                producer.start();
            }
            core.run(Futures.pollFn(task -> {
                waiting.set(task);
                go.countDown();
                return ran.get() < PRODUCERS * SPAWNS ? Poll.pending() : Poll.done();
            }));
            for (Thread each : producers) {
                each.join();
            }
            assertEquals(PRODUCERS * SPAWNS, ran.get());
            long wakeups = spy.wakeups.get();
            assertTrue(wakeups >= 1, "a loop that sleeps is woken");
            // Where a task comes just as the loop lies down, it is rung for and only looks: as rare as that is short.
            long slack = 10 + spy.sleeps.get() / 10;
            assertTrue(
                    wakeups <= spy.sleeps.get() + Math.min(slack, spy.looks.get()),
                    wakeups + " wake-ups, " + spy.sleeps + " sleeps, " + spy.looks + " looks");
        }
    }

    @Test
    void fromTheLoopItselfNone() throws Exception {
        try (Core core = Core.builder().backend(spy).open()) {
            Handle handle = core.handle();
            for (int i = 0; i < 1_000; i++) {
                core.run(handle.spawn(Call.of(() -> handle.spawn(Call.of(() -> 1))))
                        .andThen(inner -> inner));
            }
            assertEquals(0, spy.wakeups.get());
        }
    }
}
