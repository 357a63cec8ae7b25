package gyre.future;

import static gyre.future.Block.assertDone;
import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FromStageTest {
    private final CompletableFuture<Integer> stage = new CompletableFuture<>();
    private final Future<Integer> future = Futures.from(stage);
    private final FakeTask task = new FakeTask();

    @Test
    void valueArrives() throws Exception {
        assertTrue(future.poll(task).isPending());
        FakeTask later = new FakeTask();
        assertTrue(future.poll(later).isPending());
        stage.complete(1);
        assertEquals(0, task.wakes(), "only the latest task counts");
        assertEquals(1, later.wakes());
        assertReady(1, future);
        assertDone(future);
    }

    @Test
    void stageThatIsDoneIsReadyAtOnce() throws Exception {
        stage.complete(null);
        assertReady(null, future);
    }

    @Test
    void failureComesUnwrapped() throws Exception {
        Future<Integer> dependent = Futures.from(stage.thenApply(n -> n + 1));
        assertTrue(dependent.poll(task).isPending());
        stage.completeExceptionally(new IOException("bad"));
        assertFails("bad", dependent);
        assertFails("bad", future);
        assertDone(future);
    }

    @Test
    void errorIsAnError() {
        AssertionError error = new AssertionError("panic");
        stage.completeExceptionally(error);
        assertSame(error, assertThrows(AssertionError.class, () -> future.poll(task)));
    }

    @Test
    void cancelledStageFails() {
        stage.cancel(true);
        assertThrows(CancellationException.class, () -> future.poll(task));
    }

    @Test
    void cancelOnlyDetaches() throws Exception {
        assertTrue(future.poll(task).isPending());
        future.cancel();
        assertFalse(stage.isDone());
        stage.complete(1);
        assertEquals(0, task.wakes());
        assertDone(future);
    }

    @Test
    void noWakeIsLostBetweenThreads() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            CompletableFuture<Integer> late = new CompletableFuture<>();
            int value = round;
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> late.complete(value));
            assertEquals(value, Block.parking(Futures.from(late)));
            other.get();
        }
    }
}
