package gyre.future;

import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertPending;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class UsingTest {
    private int closed;
    private final AutoCloseable resource = () -> closed++;
    private final AutoCloseable stubborn = () -> {
        throw new IOException("close");
    };

    @Test
    void closesAfterSuccess() throws Exception {
        Probe<Integer> probe = new Probe<>();
        Future<Integer> using = Futures.using(resource, r -> probe).map(a -> a + closed);
        assertPending(using);
        assertEquals(0, closed);
        probe.complete(1);
        assertReady(2, using);
        assertEquals(1, closed);
    }

    @Test
    void closesAfterFailure() throws Exception {
        assertFails("bad", Futures.using(resource, r -> Futures.failed(new IOException("bad"))));
        assertEquals(1, closed);
        Probe<Integer> probe = new Probe<>();
        probe.fail(new OutOfMemoryError("not really"));
        Future<Integer> using = Futures.using(resource, r -> probe);
        assertThrows(OutOfMemoryError.class, () -> using.poll(new FakeTask()));
        assertEquals(2, closed);
    }

    @Test
    void closesWhenTheFunctionThrows() {
        assertFails("fn", Futures.using(resource, r -> {
            throw new IOException("fn");
        }));
        assertEquals(1, closed);
    }

    @Test
    void closesOnCancelAfterTheFuture() throws Exception {
        Future<Integer> never = new Future<>() {
            @Override
            public Poll<Integer> poll(Task task) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                assertEquals(0, closed);
                closed = 10;
            }
        };
        Future<Integer> using = Futures.using(resource, r -> never);
        assertPending(using);
        using.cancel();
        using.cancel();
        assertEquals(11, closed);
    }

    @Test
    void closesOnCancelBeforeTheFirstPoll() {
        boolean[] ran = {false};
        Future<Integer> using = Futures.using(resource, r -> {
            ran[0] = true;
            return Futures.ready(1);
        });
        using.cancel();
        assertEquals(1, closed);
        assertTrue(!ran[0]);
    }

    @Test
    void closesThoughTheCancelThrows() throws Exception {
        Future<Integer> future = new Probe<Integer>().onEnd(o -> {
            throw new IllegalArgumentException("end");
        });
        Future<Integer> using = Futures.using(resource, r -> future);
        assertPending(using);
        assertThrows(IllegalArgumentException.class, using::cancel);
        assertEquals(1, closed);
    }

    @Test
    void whatCloseThrowsIsNotLost() throws Exception {
        assertFails("close", Futures.using(stubborn, r -> Futures.ready(1)));
        IOException bad = new IOException("bad");
        assertFails("bad", Futures.using(stubborn, r -> Futures.failed(bad)));
        assertEquals("close", bad.getSuppressed()[0].getMessage());
        Future<Integer> using = Futures.using(stubborn, r -> Futures.never());
        assertThrows(CompletionException.class, using::cancel);
    }
}
