package gyre.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.sys.Backend;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Core on the backend under test, whose thread is the test's. */
public abstract class TestLoop {
    protected final Backend backend;
    protected final List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
    protected Core core;
    protected Handle handle;
    private final Duration patience;
    private CompletableFuture<Void> over;
    private final Deque<Closeable> closing = new ConcurrentLinkedDeque<>();

    protected TestLoop(Backend backend, Duration patience) {
        this.backend = backend;
        this.patience = patience;
    }

    @BeforeEach
    protected void open() throws Exception {
        core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((thread, e) -> uncaught.add(e))
                .open();
        handle = core.handle();
        over = LastResort.closes(core);
    }

    @AfterEach
    protected void close() throws Exception {
        for (Closeable each : closing) {
            each.close();
        }
        core.close();
        over.complete(null);
        assertEquals(List.of(), uncaught);
    }

    /** Closes it after the test, before what was named earlier. */
    protected <C extends Closeable> C later(C resource) {
        closing.addFirst(resource);
        return resource;
    }

    /** A wake-up that was lost is not made good by the time limit's. */
    protected <T> T run(Future<T> future) throws Exception {
        long start = System.nanoTime();
        T value = core.run(handle.timeout(future, patience));
        assertTrue(System.nanoTime() - start < patience.toNanos(), "done, but nobody said so");
        return value;
    }

    /** Lets everything that is due happen. */
    protected void settle() throws Exception {
        for (int i = 0; i < 5; i++) {
            core.turn(Duration.ZERO);
        }
    }

    /** Whether the backend has descriptors. */
    protected boolean posix() {
        return !backend.name().equals("nio");
    }
}
