package gyre.future;

import static gyre.future.Block.assertFails;
import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private final List<Object> told = new ArrayList<>();

    @Test
    void outcomeTurnsAnyThrowableIntoAValue() throws Exception {
        assertReady(Outcome.success(1), Futures.ready(1).outcome());
        for (Throwable thrown : List.of(new IOException(), new AssertionError(), new StackOverflowError())) {
            Probe<Integer> probe = new Probe<>();
            probe.fail(thrown);
            assertSame(thrown, Block.on(probe.outcome()).error());
        }
    }

    @Test
    void outcomePassesFatalErrorsOn() {
        Probe<Integer> probe = new Probe<>();
        probe.fail(new OutOfMemoryError("not really"));
        assertThrows(OutOfMemoryError.class, () -> probe.outcome().poll(new FakeTask()));
    }

    @Test
    void outcomeSaysWhatItIs() {
        Outcome<Integer> failure = Outcome.failure(new IOException("bad"));
        assertTrue(failure.isFailure() && !failure.isSuccess() && !failure.isCancelled());
        assertEquals(
                "bad",
                assertThrows(IllegalStateException.class, failure::value)
                        .getCause()
                        .getMessage());
        assertTrue(Outcome.cancelled().isCancelled());
        assertThrows(IllegalStateException.class, () -> Outcome.cancelled().value());
        assertThrows(IllegalStateException.class, () -> Outcome.success(1).error());
        assertEquals(1, Outcome.success(1).value());
    }

    @Test
    void onEndIsToldOnceHoweverItEnds() throws Exception {
        assertReady(1, Futures.ready(1).onEnd(told::add));
        IOException bad = new IOException("bad");
        assertFails("bad", Futures.failed(bad).onEnd(told::add));
        Probe<Integer> probe = new Probe<>();
        Future<Integer> future = probe.onEnd(told::add);
        Block.assertPending(future);
        future.cancel();
        future.cancel();
        assertTrue(probe.cancelled);
        assertEquals(List.of(Outcome.success(1), Outcome.failure(bad), Outcome.cancelled()), told);
    }

    @Test
    void onEndIsToldOfErrorsToo() {
        Probe<Integer> probe = new Probe<>();
        Error error = new StackOverflowError();
        probe.fail(error);
        assertThrows(
                StackOverflowError.class,
                () -> probe.onEnd(told::add).map(a -> a).poll(new FakeTask()));
        assertEquals(List.of(Outcome.failure(error)), told);
    }

    @Test
    void onEndIsToldInsideOut() {
        Probe<Integer> probe = new Probe<>();
        Future<Integer> future = probe.onEnd(o -> told.add("inner"))
                .map(a -> a + 1)
                .andThen(Futures::ready)
                .onEnd(o -> told.add("outer"));
        future.cancel();
        assertEquals(List.of("inner", "outer"), told);
    }

    @Test
    void onEndOfAPartThatIsOverIsNotToldOfTheCancel() throws Exception {
        Probe<Integer> second = new Probe<>();
        Future<Integer> future = Futures.ready(1)
                .onEnd(told::add)
                .andThen(a -> second.onEnd(told::add))
                .onEnd(told::add);
        Block.assertPending(future);
        future.cancel();
        assertEquals(List.of(Outcome.success(1), Outcome.cancelled(), Outcome.cancelled()), told);
    }

    @Test
    void whatOnEndThrowsIsNotLost() throws Exception {
        ThrowingConsumer<Outcome<Integer>> consumer = outcome -> {
            throw new IOException("end");
        };
        assertFails("end", Futures.ready(1).onEnd(consumer));
        IOException bad = new IOException("bad");
        assertFails("bad", Futures.<Integer>failed(bad).onEnd(consumer));
        assertEquals("end", bad.getSuppressed()[0].getMessage());
        Probe<Integer> probe = new Probe<>();
        Future<Integer> future = probe.onEnd(consumer).onEnd(told::add);
        assertEquals(
                "end",
                assertThrows(CompletionException.class, future::cancel)
                        .getCause()
                        .getMessage());
        assertTrue(probe.cancelled);
        assertEquals(List.of(Outcome.cancelled()), told);
    }
}
