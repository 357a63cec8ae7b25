package gyre.reactor;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.sys.Backend;
import gyre.testing.TestLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A Core on the backend under test, and what goes on elsewhere. */
abstract class Turning extends TestLoop {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    Turning(Backend backend) {
        super(backend, PATIENCE);
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
