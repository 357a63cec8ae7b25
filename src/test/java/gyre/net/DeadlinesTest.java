package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Outcome;
import gyre.io.Io;
import gyre.io.Split;
import gyre.io.WriteAll;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Behaviours of slow and silent peers: each misses the deadline that is meant for it, and nobody else misses one. */
@EveryBackend
class DeadlinesTest extends OnLoop {
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofNanos(50_000);
    private static final int TRICKLE = 15;
    private static final int LOOK_EVERY = 61; // tasks of a turn until the loop looks at its timers again

    DeadlinesTest(Backend backend) {
        super(backend);
    }

    @Test
    void whoSaysNothingAtAllMissesTheFirstByte() throws Exception {
        long start = System.nanoTime();
        Io io = on(Deadlines.NONE.firstByte(SHORT).idle(LONG), pair());
        DeadlineException e = assertMisses(Deadline.FIRST_BYTE, expect(io, "x"));
        assertTrue(System.nanoTime() - start >= SHORT.toNanos());
        assertEquals("nothing has come for PT0.06S", e.getMessage());
        assertEquals(SHORT, e.limit());
        assertTrue(SocketTimeoutException.class.isInstance(e));
    }

    @Test
    void theFirstByteIsEnoughForTheFirstByte() throws Exception {
        Pair pair = pair();
        Io io = on(Deadlines.NONE.firstByte(SHORT), pair);
        pair.send("a");
        assertEquals("a", run(expect(io, "a")));
        run(handle.sleep(SHORT.multipliedBy(2)));
        pair.send("b");
        assertEquals("b", run(expect(io, "b")));
    }

    @Test
    void whoTalksIsNotIdleAndWhoStopsIs() throws Exception {
        Pair pair = pair();
        Io io = on(Deadlines.NONE.idle(SHORT.multipliedBy(4)), pair);
        for (int i = 0; i < 8; i++) {
            run(handle.sleep(SHORT));
            pair.send("x");
            run(expect(io, "x"));
        }
        for (int i = 0; i < 8; i++) {
            run(handle.sleep(SHORT));
            run(send(io, "x"));
        }
        assertMisses(Deadline.IDLE, expect(io, "x"));
    }

    @Test
    void whoIsNotReadIsNotLate() throws Exception {
        Pair pair = pair();
        Io io = on(Deadlines.NONE.read(SHORT), pair);
        run(handle.sleep(SHORT.multipliedBy(2)));
        pair.send("x");
        assertEquals("x", run(expect(io, "x")));
        run(handle.sleep(SHORT.multipliedBy(2)));
        run(send(io, "y"));
        assertMisses(Deadline.READ, expect(io, "x"));
    }

    /** Nobody tells the connection that its reader has gone: it asks, and hears nothing. */
    @Test
    void whoseReaderWasCancelledIsNotLate() throws Exception {
        Pair pair = pair();
        Io io = on(Deadlines.NONE.read(SHORT), pair);
        JoinHandle<String> reading = handle.spawn(expect(io, "x"));
        settle();
        reading.abort();
        run(handle.sleep(SHORT.multipliedBy(2)));
        JoinHandle<String> next = handle.spawn(expect(io, "y"));
        settle();
        assertFalse(next.isDone());
        pair.send("y");
        assertEquals("y", run(next));
        assertMisses(Deadline.READ, expect(io, "z"));
    }

    /** In a long turn the timers get their turn before a reader that stands behind others: time doesn't tell that it has gone. */
    @Test
    void whoIsLateIsLateHoweverLongItsReaderStandsInTheQueue() throws Exception {
        Io io = on(Deadlines.NONE.read(SHORT), pair());
        JoinHandle<Outcome<String>> reading = handle.spawn(expect(io, "x").outcome());
        settle();
        handle.execute(() -> spin(SHORT));
        for (int i = 0; i < 4 * LOOK_EVERY; i++) {
            handle.execute(() -> spin(MOMENT));
        }
        core.turn(Duration.ZERO); // in which the deadline passes
        core.turn(Duration.ZERO); // the reader's
        assertTrue(reading.isDone(), "it has been given the whole time again");
        assertMisses(Deadline.READ, run(reading));
    }

    /** What is found out about one read says nothing about the next. */
    @Test
    void whoIsLateAgainAtOnceIsNotTakenForCancelled() throws Exception {
        Pair pair = pair();
        Io io = on(Deadlines.NONE.read(SHORT), pair);
        JoinHandle<Outcome<String>> reading = handle.spawn(expect(io, "xy").outcome());
        settle();
        handle.execute(() -> spin(SHORT));
        for (int i = 1; i < LOOK_EVERY; i++) {
            handle.execute(() -> {});
        }
        handle.execute(
                () -> { // behind the reader and whoever asks after it
                    handle.execute(() -> spin(SHORT));
                    for (int i = 0; i < LOOK_EVERY; i++) {
                        handle.execute(() -> {});
                    }
                });
        pair.send("x");
        core.turn(Duration.ZERO); // in which the deadline passes
        core.turn(Duration.ZERO); // the byte is read, and the next deadline passes
        core.turn(Duration.ZERO);
        assertTrue(reading.isDone(), "it has been given the whole time again");
        assertMisses(Deadline.READ, run(reading));
    }

    @Test
    void aConnectionThatAnotherThreadClosesLeavesNoTimer() throws Exception {
        Io io = on(Deadlines.NONE.idle(SHORT), pair());
        aside(() -> {
                    io.close();
                    return null;
                })
                .get();
        assertNoTimer();
    }

    @Test
    void whoTakesNothingMissesTheWrite() throws Exception {
        Io io = on(Deadlines.NONE.write(SHORT).read(LONG), pair(0, 4_096));
        assertMisses(Deadline.WRITE, WriteAll.writeAll(io, Buf.copyOf(new byte[16 << 20])));
    }

    @Test
    void bothHalvesFailWhoeverWaits() throws Exception {
        Split halves = on(Deadlines.NONE.write(SHORT), pair(0, 4_096)).split();
        Future<String> reading = expect(halves.reader(), "x");
        Future<Buf> writing = WriteAll.writeAll(halves.writer(), Buf.copyOf(new byte[16 << 20]));
        List<Outcome<?>> outcomes = run(handle.spawn(reading.outcome())
                .join(handle.spawn(writing.outcome()), (read, written) -> List.<Outcome<?>>of(read, written)));
        for (Outcome<?> each : outcomes) {
            assertEquals(Deadline.WRITE, ((DeadlineException) each.error()).deadline());
        }
        halves.reader().close();
    }

    /** Which neither an idle deadline nor one for reads would catch. */
    @Test
    void whoTricklesMissesTheTotal() throws Exception {
        Pair pair = pair();
        Duration total = SHORT.multipliedBy(3);
        long start = System.nanoTime();
        Io io = on(Deadlines.NONE.idle(LONG).read(LONG).total(total), pair);
        CompletableFuture<Void> trickling = aside(() -> {
            while (!pair.theirs().isClosed()) {
                pair.send("x");
                Thread.sleep(TRICKLE); // its pace
            }
            return null;
        });
        assertMisses(Deadline.TOTAL, expect(io, "x".repeat(100_000)));
        assertTrue(System.nanoTime() - start >= total.toNanos());
        assertThrows(
                DeadlineException.class, () -> run(read(io, Buf.allocate(1))), "what has come since changes nothing");
        io.close();
        assertThrows(Exception.class, trickling::get, "it finds the connection reset");
    }

    @Test
    void aLoopThatWasHeldUpDoesNotBlameItsPeer() throws Exception {
        Pair pair = pair();
        Io io = on(Deadlines.NONE.read(SHORT).idle(SHORT).firstByte(SHORT), pair);
        var reading = handle.spawn(expect(io, "late"));
        settle();
        pair.send("late");
        Thread.sleep(3 * SHORT.toMillis()); // the loop's thread does something else
        assertEquals("late", run(reading));
        assertThrows(DeadlineException.class, () -> run(expect(io, "x")));
    }

    @Test
    void aClosedConnectionLeavesNoTimer() throws Exception {
        Pair pair = pair();
        Io io = on(Deadlines.NONE.idle(SHORT).total(SHORT), pair);
        io.close();
        assertNoTimer();
    }

    @Test
    void whatTheCoreClosesIsNotLate() throws Exception {
        Io io = on(Deadlines.NONE.idle(SHORT), pair());
        var reading = handle.spawn(expect(io, "x"));
        settle();
        core.close();
        assertThrows(Exception.class, () -> reading.toCompletableFuture().get());
    }

    @Test
    void aLimitIsAboveZero() {
        assertSays(
                "idle must be above zero: PT0S",
                IllegalArgumentException.class,
                () -> Deadlines.NONE.idle(Duration.ZERO));
        assertSays(
                "total must be above zero: PT-1S",
                IllegalArgumentException.class,
                () -> Deadlines.NONE.total(Duration.ofSeconds(-1)));
    }

    // ---

    private Io on(Deadlines deadlines, Pair pair) throws Exception {
        return later(deadlines.on(pair.ours(), handle));
    }

    private void assertNoTimer() throws Exception {
        settle();
        long start = System.nanoTime();
        core.turn(SHORT.multipliedBy(3));
        assertTrue(System.nanoTime() - start >= SHORT.multipliedBy(3).toNanos(), "a timer has ended the wait");
    }

    private DeadlineException assertMisses(Deadline which, Future<?> operation) {
        DeadlineException e = assertThrows(DeadlineException.class, () -> run(operation));
        assertEquals(which, e.deadline());
        return e;
    }

    private static void assertMisses(Deadline which, Outcome<?> outcome) {
        assertEquals(which, ((DeadlineException) outcome.error()).deadline());
    }

    private static void spin(Duration time) {
        for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); ) {
            Thread.onSpinWait();
        }
    }
}
