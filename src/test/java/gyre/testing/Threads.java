package gyre.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Threads of a test, whose failures are the test's. */
public final class Threads {
    private static final long PATIENCE_SECONDS = 30;

    private final List<CompletableFuture<Object>> running = new ArrayList<>();

    public void start(Callable<?> body) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        running.add(result);
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(body.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "thread " + running.size() + " of a test");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for all, and fails as the first one does that failed. */
    public void join() throws Exception {
        for (CompletableFuture<Object> each : running) {
            each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
