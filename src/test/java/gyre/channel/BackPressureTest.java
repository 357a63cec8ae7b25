package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.FakeTask;
import gyre.future.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is held back, and who is woken: one for each item that is taken out, and the one that has waited longest. */
class BackPressureTest {
    private final List<Sender<Integer>> senders = new ArrayList<>();
    private final List<FakeTask> tasks = new ArrayList<>();
    private Receiver<Integer> receiver;

    private void open(int capacity, int count) {
        Channel<Integer> channel = Channel.bounded(capacity);
        receiver = channel.receiver();
        for (int i = 0; i < count; i++) {
            senders.add(i == 0 ? channel.sender() : senders.get(0).another());
            tasks.add(new FakeTask());
        }
    }

    private boolean send(int sender, int item) throws Exception {
        return senders.get(sender).startSend(tasks.get(sender), item);
    }

    private List<Integer> wakes() {
        return tasks.stream().map(FakeTask::wakes).toList();
    }

    @Test
    void oneSenderIsWokenForEachItem() throws Exception {
        open(1, 4);
        for (int i = 0; i < 4; i++) {
            assertTrue(send(i, i));
        }
        // the first fitted into the capacity, the others wait; 3 asks first, which does not change their order
        for (int i = 3; i > 0; i--) {
            assertFalse(send(i, 10 + i));
        }
        assertEquals(List.of(0, 0, 0, 0), wakes());
        assertEquals(0, receiver.tryReceive());
        assertEquals(List.of(0, 1, 0, 0), wakes());
        assertEquals(1, receiver.tryReceive());
        assertEquals(List.of(0, 0, 1, 0), wakes());
        assertEquals(2, receiver.tryReceive());
        assertEquals(List.of(0, 0, 0, 1), wakes());
        assertEquals(3, receiver.tryReceive());
        assertEquals(List.of(0, 0, 0, 0), wakes());
    }

    @Test
    void senderThatGoesOnWaitsBehindTheOthers() throws Exception {
        open(0, 2);
        assertTrue(send(0, 1));
        assertTrue(send(1, 2));
        assertFalse(send(0, 3));
        assertFalse(send(1, 4));
        receiver.tryReceive();
        assertTrue(send(0, 3));
        assertFalse(send(0, 5));
        wakes();
        receiver.tryReceive();
        assertEquals(List.of(0, 1), wakes());
        receiver.tryReceive();
        assertEquals(List.of(1, 0), wakes());
    }

    @Test
    void turnOfASenderThatWasClosedStopsNobody() throws Exception {
        open(1, 4);
        for (int i = 0; i < 4; i++) {
            assertTrue(send(i, i));
        }
        for (int i = 1; i < 4; i++) {
            assertTrue(senders.get(i).pollFlush(tasks.get(i)).isPending());
        }
        senders.get(1).close();
        senders.get(2).cancel();
        receiver.tryReceive();
        receiver.tryReceive();
        assertEquals(0, wakes().get(3));
        receiver.tryReceive();
        assertEquals(1, wakes().get(3));
        assertTrue(send(3, 9));
    }

    @Test
    void senderThatIsWokenAndGivesUpStopsNobody() throws Exception {
        open(0, 2);
        assertTrue(send(0, 1));
        assertTrue(send(1, 2));
        Future<Void> first = senders.get(0).send(3);
        Future<Void> second = senders.get(1).send(4);
        assertTrue(first.poll(tasks.get(0)).isPending());
        assertTrue(second.poll(tasks.get(1)).isPending());
        receiver.tryReceive();
        assertEquals(List.of(1, 0), wakes());
        first.cancel(); // woken, and does not come
        receiver.tryReceive();
        assertEquals(List.of(0, 1), wakes());
        assertTrue(second.poll(tasks.get(1)).isPending(), "its item has to be taken out first");
        assertEquals(4, receiver.tryReceive());
        assertTrue(second.poll(tasks.get(1)).isReady());
        assertTrue(send(0, 5), "what gave up can still send");
    }

    @Test
    void sendThatIsCancelledLosesNothingThatWasAccepted() throws Exception {
        open(0, 1);
        Future<Void> accepted = senders.get(0).send(1);
        assertTrue(accepted.poll(tasks.get(0)).isPending(), "accepted, not yet taken out");
        accepted.cancel();
        Future<Void> refused = senders.get(0).send(2);
        assertTrue(refused.poll(tasks.get(0)).isPending(), "not accepted");
        refused.cancel();
        senders.get(0).close();
        assertEquals(List.of(1), Ends.drain(receiver));
    }

    @Test
    void bigChannelThatWasFullHoldsBackAgain() throws Exception {
        int capacity = 1_000;
        open(capacity, 3);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < capacity; i++) {
                assertTrue(send(i % 3, i));
            }
            for (int i = 0; i < 3; i++) {
                assertTrue(send(i, -1 - i));
                assertFalse(send(i, 0));
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(i, receiver.tryReceive());
                assertEquals(List.of(i == 0 ? 1 : 0, i == 1 ? 1 : 0, i == 2 ? 1 : 0), wakes());
            }
            for (int i = 3; i < capacity; i++) {
                assertEquals(i, receiver.tryReceive());
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(-1 - i, receiver.tryReceive());
            }
            assertEquals(null, receiver.tryReceive());
            assertEquals(List.of(0, 0, 0), wakes());
        }
    }

    @Test
    void closingTheReceiverWakesAllThatWait() throws Exception {
        open(1, 4);
        for (int i = 0; i < 4; i++) {
            assertTrue(send(i, i));
            senders.get(i).pollFlush(tasks.get(i));
        }
        receiver.tryReceive();
        wakes();
        receiver.close();
        assertEquals(List.of(0, 0, 1, 1), wakes());
        for (int i = 0; i < 4; i++) {
            int sender = i;
            assertThrows(ReceiverClosedException.class, () -> send(sender, 9));
            assertTrue(senders.get(i).pollFlush(tasks.get(i)).isReady());
        }
        assertEquals(List.of(1, 2, 3), Ends.drain(receiver));
    }

    /** What was accepted counts when a capacity is as small as can be, and as large. */
    @Test
    void largestCapacityHoldsNobodyBack() throws Exception {
        open(Integer.MAX_VALUE, 1);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(send(0, i));
        }
        assertTrue(senders.get(0).pollFlush(tasks.get(0)).isReady());
    }
}
