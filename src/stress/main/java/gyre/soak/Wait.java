package gyre.soak;

import gyre.reactor.JoinHandle;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How threads wait for what a loop does: not for ever. */
final class Wait {
    static final long PATIENCE_SECONDS = 20;

    private Wait() {}

    static <T> T forValue(JoinHandle<T> task) throws IOException, InterruptedException, Violation {
        try {
            return task.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new Violation("the loop has not done in " + PATIENCE_SECONDS + " s what it was asked", e);
        } catch (ExecutionException e) {
            throw new IOException("a task failed", e.getCause());
        }
    }
}
