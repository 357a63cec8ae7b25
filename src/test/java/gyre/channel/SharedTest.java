package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.FakeTask;
import gyre.future.Poll;
import gyre.testing.Threads;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Where two threads meet, one step after the other. */
class SharedTest {
    private static final long NANOS = 700_000_000;

    private final Shared<Integer> shared = new Shared<>(0);

    @Test
    void nothingIsAcceptedOnceTheLastSenderHasGone() {
        shared.removeSender();
        assertTrue(shared.hasEnded());
        assertFalse(shared.offer(1, new Place()), "a send that began before the close, and came too late");
        assertNull(shared.take());
    }

    @Test
    void whatHasEndedGetsNoFurtherSender() {
        shared.removeSender();
        assertFalse(shared.addSender());
        assertTrue(shared.hasEnded());
    }

    @Test
    void whatWasAcceptedComesBeforeTheEnd() {
        assertTrue(shared.offer(1, new Place()));
        shared.removeSender();
        shared.close();
        assertFalse(shared.hasEnded());
        assertEquals(1, shared.take());
        assertTrue(shared.hasEnded());
    }

    @Test
    void whatIsClosedTakesNoPlace() {
        Place place = new Place();
        shared.close();
        assertFalse(shared.offer(1, place));
        assertFalse(place.isTaken());
        assertTrue(shared.isClosed());
    }

    /** One thread closes while another one sends, at the same time: whichever is first, nobody stays parked. */
    @Test
    void aPlaceTakenInTheMiddleOfClosingIsFreed() throws Exception {
        atTheSameTime(Shared::close, (mine, together) -> {
            Place place = new Place();
            boolean accepted = mine.offer(1, place);
            together.run();
            assertFalse(place.isTaken());
            assertEquals(!accepted, mine.hasEnded());
            assertEquals(accepted ? 1 : null, mine.take());
            assertTrue(mine.hasEnded());
        });
    }

    /** One thread sends while another one polls: it has the item, or is woken to get it. */
    @Test
    void aPollInTheMiddleOfASendIsWoken() throws Exception {
        atTheSameTime(mine -> mine.offer(1, new Place()), (mine, together) -> {
            FakeTask task = new FakeTask();
            Poll<Integer> answer = new Receiver<>(mine).poll(task);
            together.run();
            assertTrue(answer.isReady() || task.wakes() == 1, "told to wait, and never woken");
        });
    }

    private interface Round {
        void run(Shared<Integer> mine, Runnable together);
    }

    /** Round by round, one step there and one here, until the other one is through too. */
    private static void atTheSameTime(Consumer<Shared<Integer>> there, Round here) throws Exception {
        AtomicReference<Shared<Integer>> current = new AtomicReference<>();
        AtomicReference<Shared<Integer>> through = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        Threads threads = new Threads();
        threads.start(() -> {
            while (true) {
                await(() -> over.get() || current.get() != through.get());
                if (over.get()) {
                    return null;
                }
                Shared<Integer> next = current.get();
                there.accept(next);
                through.set(next);
            }
        });
        long end = System.nanoTime() + NANOS;
        for (int round = 0; System.nanoTime() < end; round++) {
            Shared<Integer> mine = new Shared<>(0);
            current.set(mine);
            for (int spin = round & 63; spin > 0; spin--) {
                Thread.onSpinWait();
            }
            here.run(mine, () -> await(() -> through.get() == mine));
        }
        over.set(true);
        threads.join();
    }

    private static void await(BooleanSupplier condition) {
        for (int spins = 0; !condition.getAsBoolean(); spins++) {
            if (spins < 1_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the other one may have no processor of its own
            }
        }
    }
}
