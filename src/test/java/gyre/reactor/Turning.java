package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.sys.Backend;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Core on the backend under test, whose thread is the test's. */
abstract class Turning {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    final Backend backend;
    final List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Closeable> closing = new ArrayDeque<>();
    Core core;
    Handle handle;

    Turning(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((thread, e) -> uncaught.add(e))
                .open();
        handle = core.handle();
    }

    @AfterEach
    void close() throws Exception {
        for (Closeable each : closing) {
            each.close();
        }
        core.close();
        assertEquals(List.of(), uncaught);
    }

    <C extends Closeable> C later(C resource) {
        closing.addFirst(resource);
        return resource;
    }

    /** A wake-up that was lost is not made good by the time limit's. */
    <T> T run(Future<T> future) throws Exception {
        long start = System.nanoTime();
        T value = core.run(handle.timeout(future, PATIENCE));
        assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), "done, but nobody said so");
        return value;
    }

    /** Lets everything that is due happen. */
    void settle() throws Exception {
        for (int i = 0; i < 5; i++) {
            core.turn(Duration.ZERO);
        }
    }

    boolean posix() {
        return !backend.name().equals("nio");
    }

    /** On the loop, the end of what goes on elsewhere. */
    static <T> Future<T> await(CompletableFuture<T> elsewhere) {
        AtomicBoolean asked = new AtomicBoolean();
        return Futures.pollFn(task -> {
            if (elsewhere.isDone()) {
                return Poll.ready(elsewhere.get());
            }
            if (!asked.getAndSet(true)) {
                elsewhere.whenComplete((value, e) -> task.wake());
            }
            return Poll.pending();
        });
    }
}
