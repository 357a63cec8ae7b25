package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Block;
import gyre.future.FakeTask;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.testing.Threads;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OneshotTest {
    private static final int LOTS = 20_000;
    private static final long NANOS = 1_000_000_000;

    private final Oneshot<Integer> oneshot = Oneshot.open();
    private final OneshotSender<Integer> sender = oneshot.sender();
    private final OneshotReceiver<Integer> receiver = oneshot.receiver();
    private final FakeTask task = new FakeTask();

    private static Future<Void> canceled(OneshotSender<?> sender) {
        return Futures.pollFn(sender::pollCanceled);
    }

    // --- the original's

    @Test
    void smokePoll() {
        assertTrue(sender.pollCanceled(task).isPending());
        assertTrue(sender.pollCanceled(task).isPending());
        receiver.cancel();
        assertTrue(sender.pollCanceled(task).isReady());
        assertTrue(sender.pollCanceled(task).isReady());
    }

    @Test
    void cancelNotifies() throws Exception {
        Threads threads = new Threads();
        threads.start(() -> Block.parking(canceled(sender)));
        receiver.cancel();
        threads.join();
        assertTrue(sender.isCanceled());
    }

    @Test
    void cancelLots() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Threads threads = new Threads();
        List<Oneshot<Integer>> current =
                Stream.generate(Oneshot::<Integer>open).limit(LOTS).toList();
        threads.start(() -> {
            both.await();
            for (Oneshot<Integer> each : current) {
                Block.parking(canceled(each.sender()));
            }
            return null;
        });
        both.await();
        for (Oneshot<Integer> each : current) {
            each.receiver().cancel();
        }
        threads.join();
    }

    @Test
    void close() {
        receiver.close();
        assertThrows(CancellationException.class, () -> receiver.poll(task));
        assertTrue(sender.isCanceled());
        assertFalse(sender.send(1));
    }

    @Test
    void closeWakes() throws Exception {
        assertTrue(receiver.poll(task).isPending());
        Threads threads = new Threads();
        threads.start(() -> Block.parking(canceled(sender)));
        receiver.close();
        threads.join();
        assertEquals(1, task.wakes());
        assertThrows(CancellationException.class, () -> receiver.poll(task));
    }

    @Test
    void closeTellsTheSender() {
        assertTrue(sender.pollCanceled(task).isPending());
        receiver.close();
        assertEquals(1, task.wakes());
        assertTrue(sender.pollCanceled(task).isReady());
    }

    @Test
    void isCanceled() {
        assertFalse(sender.isCanceled());
        receiver.cancel();
        assertTrue(sender.isCanceled());
    }

    @Test
    void cancelSends() throws Exception {
        Threads threads = new Threads();
        List<Oneshot<Integer>> current =
                Stream.generate(Oneshot::<Integer>open).limit(LOTS).toList();
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        threads.start(() -> {
            for (Oneshot<Integer> each : current) {
                (each.sender().send(1) ? sent : refused).incrementAndGet();
            }
            return null;
        });
        for (Oneshot<Integer> each : current) {
            each.receiver().cancel();
        }
        threads.join();
        assertEquals(LOTS, sent.get() + refused.get());
        for (Oneshot<Integer> each : current) {
            assertTrue(each.sender().isCanceled(), "the receiver has gone, before or after the value came");
        }
    }

    // --- sending

    @Test
    void theValueArrives() throws Exception {
        assertTrue(receiver.poll(task).isPending());
        assertTrue(sender.send(7));
        assertEquals(1, task.wakes());
        assertFalse(sender.isCanceled(), "it has not been taken out");
        assertEquals(7, receiver.poll(task).value());
        assertTrue(sender.isCanceled());
    }

    @Test
    void whoWaitsForTheReceiverIsToldWhenItHasTheValue() {
        assertTrue(sender.pollCanceled(task).isPending());
        sender.send(7);
        assertEquals(0, task.wakes());
        assertEquals(7, receiver.tryReceive().value());
        assertEquals(1, task.wakes());
        assertTrue(sender.pollCanceled(task).isReady());
    }

    @Test
    void onlyTheFirstValueCounts() {
        assertTrue(sender.send(1));
        assertFalse(sender.send(2));
        assertEquals(1, receiver.tryReceive().value());
        assertFalse(sender.send(3));
    }

    @Test
    void nullIsNoValue() {
        assertThrows(NullPointerException.class, () -> sender.send(null));
        assertTrue(receiver.tryReceive().isPending());
        assertTrue(sender.send(1));
    }

    // --- closing

    @Test
    void aSenderThatClosesFailsTheReceiver() throws Exception {
        assertTrue(receiver.poll(task).isPending());
        sender.close();
        assertEquals(1, task.wakes());
        assertThrows(CancellationException.class, () -> receiver.poll(task));
        Block.assertDone(receiver);
    }

    @Test
    void closingAfterTheValueChangesNothing() {
        assertTrue(sender.send(1));
        sender.close();
        sender.close();
        receiver.close();
        receiver.close();
        assertEquals(1, receiver.tryReceive().value());
    }

    @Test
    void aClosedSenderSendsNoMore() {
        sender.close();
        assertFalse(sender.send(1));
        assertThrows(CancellationException.class, receiver::tryReceive);
    }

    @Test
    void whoWaitsForTheReceiverIsToldThatTheSenderIsClosed() {
        assertTrue(sender.pollCanceled(task).isPending());
        sender.close();
        assertEquals(1, task.wakes());
        assertTrue(sender.pollCanceled(task).isReady());
        assertTrue(sender.isCanceled());
    }

    @Test
    void aValueThatWasSentGoesWithTheReceiver() {
        sender.pollCanceled(task);
        sender.send(1);
        receiver.cancel();
        assertEquals(1, task.wakes());
        assertTrue(sender.isCanceled());
        assertFalse(sender.send(2));
        Block.assertDone(receiver);
        receiver.cancel();
    }

    // --- after the end

    @Test
    void doneIsDone() throws Exception {
        sender.send(1);
        Block.assertReady(1, receiver);
        Block.assertDone(receiver);
        assertThrows(IllegalStateException.class, receiver::tryReceive);
        receiver.cancel();
        receiver.close();
        Block.assertDone(receiver);
    }

    @Test
    void refusedIsDone() {
        receiver.close();
        assertThrows(CancellationException.class, receiver::tryReceive);
        Block.assertDone(receiver);
    }

    @Test
    void cancelledIsDone() {
        receiver.cancel();
        Block.assertDone(receiver);
    }

    // --- races

    /** Send, close of the sender, close and cancel of the receiver, at once: there is one outcome, and both sides know it. */
    @Test
    void oneOfThoseThatRaceWins() throws Exception {
        CyclicBarrier start = new CyclicBarrier(3);
        long end = System.nanoTime() + NANOS;
        Oneshot<?>[] current = new Oneshot<?>[1];
        boolean[] sent = new boolean[1];
        boolean[] over = new boolean[1];
        int[] outcomes = new int[2];
        Threads threads = new Threads();
        threads.start(() -> {
            while (true) {
                start.await();
                if (over[0]) {
                    return null;
                }
                @SuppressWarnings("unchecked")
                OneshotSender<Integer> mine = (OneshotSender<Integer>) current[0].sender();
                sent[0] = mine.send(1);
                start.await();
            }
        });
        threads.start(() -> {
            for (int round = 0; ; round++) {
                start.await();
                if (over[0]) {
                    return null;
                }
                if (round % 2 == 0) {
                    current[0].sender().close();
                } else {
                    current[0].receiver().close();
                }
                start.await();
            }
        });
        do {
            current[0] = Oneshot.open();
            start.await();
            boolean received;
            try {
                received = Block.parking(current[0].receiver()).equals(1);
            } catch (CancellationException e) {
                received = false;
            }
            start.await();
            assertEquals(sent[0], received);
            assertTrue(current[0].sender().isCanceled());
            outcomes[received ? 1 : 0]++;
        } while (System.nanoTime() < end || outcomes[0] * outcomes[1] == 0);
        over[0] = true;
        start.await();
        threads.join();
    }
}
