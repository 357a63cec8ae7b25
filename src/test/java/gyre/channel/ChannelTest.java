package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Block;
import gyre.future.FakeTask;
import gyre.future.Future;
import gyre.future.Streams;
import gyre.testing.Threads;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One thread, or two in turn. */
class ChannelTest {
    private final FakeTask task = new FakeTask();
    private final FakeTask other = new FakeTask();

    // --- the original's

    @Test
    void sequence() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        List<Integer> items = IntStream.range(0, 200).boxed().toList();
        Threads threads = new Threads();
        threads.start(() -> Block.parking(Streams.from(items).forward(channel.sender())));
        assertEquals(items, Ends.drain(channel.receiver()));
        threads.join();
    }

    @Test
    void sendRecv() throws Exception {
        Channel<Integer> channel = Channel.bounded(16);
        Block.on(channel.sender().send(1));
        assertEquals(1, Block.on(Ends.next(channel.receiver())));
    }

    @Test
    void sendRecvNoBuffer() throws Exception {
        Channel<Integer> channel = Channel.bounded(0);
        Sender<Integer> sender = channel.sender();
        assertTrue(sender.pollFlush(task).isReady());
        assertTrue(sender.pollReady(task).isReady());

        assertTrue(sender.startSend(task, 1));
        assertTrue(sender.pollReady(task).isPending());
        assertTrue(sender.pollFlush(task).isPending());
        assertFalse(sender.startSend(task, 2));

        assertEquals(1, channel.receiver().poll(other).value());
        assertEquals(1, task.wakes());
        assertTrue(sender.pollReady(task).isReady());
        assertTrue(sender.pollFlush(task).isReady());

        assertTrue(sender.startSend(task, 2));
        assertFalse(sender.startSend(task, 3));
        assertEquals(2, channel.receiver().poll(other).value());
        assertEquals(1, task.wakes());
        assertTrue(sender.startSend(task, 3));
    }

    @Test
    void sendSharedRecv() throws Exception {
        Channel<Integer> channel = Channel.bounded(16);
        Sender<Integer> second = channel.sender().another();
        Block.on(channel.sender().send(1));
        assertEquals(1, Block.on(Ends.next(channel.receiver())));
        Block.on(second.send(2));
        assertEquals(2, Block.on(Ends.next(channel.receiver())));
    }

    @Test
    void threads() throws Exception {
        sendsOne(Channel.bounded(16));
    }

    @Test
    void threadsNoCapacity() throws Exception {
        sendsOne(Channel.bounded(0));
    }

    private static void sendsOne(Channel<Integer> channel) throws Exception {
        Threads threads = new Threads();
        threads.start(() -> Block.parking(channel.sender().send(1)));
        assertEquals(1, Ends.receive(channel.receiver()));
        threads.join();
    }

    @Test
    void recvCloseGetsNone() throws Exception {
        Channel<Integer> channel = Channel.bounded(10);
        channel.receiver().close();
        assertTrue(channel.receiver().poll(task).isEnd());
        assertTrue(channel.receiver().poll(task).isEnd());
        assertThrows(ReceiverClosedException.class, () -> channel.sender().startSend(task, 1));
    }

    @Test
    void txCloseGetsNone() throws Exception {
        Channel<Integer> channel = Channel.bounded(10);
        assertTrue(channel.receiver().poll(task).isPending());
        channel.sender().close();
        assertEquals(1, task.wakes());
        assertTrue(channel.receiver().poll(task).isEnd());
        assertTrue(channel.receiver().poll(task).isEnd());
    }

    @Test
    void boundedIsReallyBounded() throws Exception {
        for (int senders = 1; senders < 6; senders++) {
            Channel<Integer> channel = Channel.bounded(3);
            for (int s = 0, taken = 0; s < senders; s++) {
                Sender<Integer> sender =
                        s == 0 ? channel.sender() : channel.sender().another();
                while (sender.trySend(0)) {
                    taken++;
                }
                assertEquals(3 + s + 1, taken);
            }
        }
    }

    @Test
    void trySend1() throws Exception {
        int n = 3_000;
        Channel<Integer> channel = Channel.bounded(0);
        Threads threads = new Threads();
        threads.start(() -> {
            for (int i = 0; i < n; i++) {
                Block.parking(ready(channel.sender()));
                assertTrue(channel.sender().trySend(i));
            }
            channel.sender().close();
            return null;
        });
        assertEquals(IntStream.range(0, n).boxed().toList(), Ends.drain(channel.receiver()));
        threads.join();
    }

    @Test
    void trySend2() throws Exception {
        Channel<String> channel = Channel.bounded(0);
        assertTrue(channel.sender().trySend("hello"));
        assertFalse(channel.sender().trySend("goodbye"));
        assertTrue(channel.sender().pollReady(task).isPending());
        assertEquals("hello", channel.receiver().tryReceive());
        assertEquals(1, task.wakes());
        assertTrue(channel.sender().trySend("goodbye"));
        assertEquals("goodbye", channel.receiver().tryReceive());
        channel.sender().close();
        assertTrue(channel.receiver().poll(task).isEnd());
    }

    @Test
    void trySendFail() throws Exception {
        Channel<String> channel = Channel.bounded(0);
        assertTrue(channel.sender().trySend("hello"));
        assertFalse(channel.sender().trySend("fail"));
        assertEquals("hello", channel.receiver().tryReceive());
        assertTrue(channel.sender().trySend("goodbye"));
        channel.receiver().cancel();
        assertThrows(ReceiverClosedException.class, () -> channel.sender().trySend("late"));
    }

    private static Future<Void> ready(Sender<?> sender) {
        return gyre.future.Futures.pollFn(sender::pollReady);
    }

    // --- senders that wait

    @Test
    void thoseWhoWaitGoOnInTheOrderInWhichTheyBegan() throws Exception {
        Channel<Integer> channel = Channel.bounded(0);
        Sender<Integer> second = channel.sender().another();
        channel.sender().startSend(task, 1);
        second.startSend(other, 2);
        assertTrue(second.pollReady(other).isPending());
        assertTrue(channel.sender().pollReady(task).isPending());

        assertEquals(1, channel.receiver().tryReceive());
        assertEquals(1, task.wakes());
        assertEquals(0, other.wakes(), "one was taken, one goes on");
        assertEquals(2, channel.receiver().tryReceive());
        assertEquals(0, task.wakes());
        assertEquals(1, other.wakes());
    }

    @Test
    void aSenderWithRoomIsNotHeldBackByOneThatWaits() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        assertTrue(channel.sender().trySend(1));
        assertTrue(channel.sender().trySend(2));
        assertFalse(channel.sender().trySend(3));
        Sender<Integer> second = channel.sender().another();
        assertTrue(second.trySend(4), "each has a place of its own");
        assertFalse(second.trySend(5));
    }

    @Test
    void itemsOfASenderThatClosedStay() throws Exception {
        Channel<Integer> channel = Channel.bounded(0);
        Sender<Integer> second = channel.sender().another();
        channel.sender().trySend(1);
        second.startSend(other, 2);
        second.pollFlush(other);
        channel.sender().close();
        assertEquals(1, channel.receiver().tryReceive());
        assertEquals(0, other.wakes(), "the room was for who waited longer, and has gone");
        assertEquals(2, channel.receiver().tryReceive());
        assertEquals(1, other.wakes());
        second.close();
        assertTrue(channel.receiver().poll(task).isEnd());
    }

    @Test
    void closingWakesWhoWaitsToSend() throws Exception {
        Channel<Integer> channel = Channel.bounded(0);
        channel.sender().startSend(task, 1);
        assertFalse(channel.sender().startSend(task, 2));
        channel.sender().close();
        assertEquals(1, task.wakes(), "it can never go on");
        assertThrows(IllegalStateException.class, () -> channel.sender().startSend(task, 2));
    }

    @Test
    void closingTheReceiverWakesWhoWaits() throws Exception {
        Channel<Integer> channel = Channel.bounded(0);
        Sender<Integer> second = channel.sender().another();
        channel.sender().startSend(task, 1);
        second.startSend(other, 2);
        assertFalse(channel.sender().startSend(task, 3));
        assertTrue(second.pollFlush(other).isPending());
        channel.receiver().close();
        assertEquals(1, task.wakes());
        assertEquals(1, other.wakes());
        assertThrows(ReceiverClosedException.class, () -> channel.sender().startSend(task, 3));
        assertTrue(second.pollFlush(other).isReady());
        assertThrows(ReceiverClosedException.class, () -> second.pollReady(other));
        assertTrue(second.isClosed());
        assertEquals(List.of(1, 2), Ends.drain(channel.receiver()));
    }

    // --- the end

    @Test
    void theEndComesAfterTheLastSender() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        Sender<Integer> second = channel.sender().another();
        Sender<Integer> third = second.another();
        channel.sender().close();
        channel.sender().close();
        second.trySend(1);
        second.cancel();
        assertEquals(1, channel.receiver().poll(task).value());
        assertTrue(channel.receiver().poll(task).isPending());
        assertTrue(third.pollClose(other).isReady());
        assertEquals(1, task.wakes());
        assertTrue(channel.receiver().poll(task).isEnd());
    }

    @Test
    void cancelDropsWhatIsInside() throws Exception {
        Channel<Integer> channel = Channel.bounded(0);
        channel.sender().startSend(task, 1);
        channel.sender().pollFlush(task);
        channel.receiver().cancel();
        assertEquals(1, task.wakes());
        assertTrue(channel.receiver().poll(other).isEnd());
        assertNull(channel.receiver().tryReceive());
        channel.receiver().close();
        assertThrows(ReceiverClosedException.class, () -> channel.sender().trySend(2));
    }

    @Test
    void closingTheReceiverWakesItsTask() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        assertTrue(channel.receiver().poll(task).isPending());
        channel.receiver().close();
        assertEquals(1, task.wakes());
        assertTrue(channel.receiver().poll(task).isEnd());
    }

    @Test
    void aClosedSenderIsOfNoUse() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        Sender<Integer> second = channel.sender().another();
        second.close();
        assertThrows(IllegalStateException.class, () -> second.startSend(task, 1));
        assertThrows(IllegalStateException.class, () -> second.trySend(1));
        assertThrows(IllegalStateException.class, () -> second.pollReady(task));
        assertThrows(IllegalStateException.class, second::another);
        assertTrue(second.pollClose(task).isReady());
        assertTrue(second.pollFlush(task).isReady());
        assertFalse(second.isClosed(), "the receiver is open");
        assertTrue(channel.sender().trySend(1));
    }

    // --- the rest

    @Test
    void aSendIsReadyWhenItFits() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Block.assertReady(null, channel.sender().send(1));
        Future<Void> second = channel.sender().send(2);
        Block.assertPending(second);
        assertEquals(1, channel.receiver().tryReceive());
        Block.assertReady(null, second);
        Block.assertDone(second);
    }

    @Test
    void eachItemCostsBothSidesAUnit() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        task.budget = 2;
        assertTrue(channel.sender().startSend(task, 1));
        assertTrue(channel.sender().startSend(task, 2));
        assertFalse(channel.sender().startSend(task, 3), "not taken");
        assertEquals(1, task.wakes());
        task.spent = 1;
        assertEquals(1, channel.receiver().poll(task).value());
        assertTrue(channel.receiver().poll(task).isPending());
        assertEquals(1, task.wakes());
        task.spent = 0;
        assertEquals(2, channel.receiver().poll(task).value());
        assertTrue(channel.receiver().poll(task).isPending());
        assertEquals(1, task.spent, "waiting is free");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> Channel.bounded(-1));
        Channel<Integer> channel = Channel.unbounded();
        assertThrows(NullPointerException.class, () -> channel.sender().trySend(null));
        assertThrows(NullPointerException.class, () -> channel.sender().startSend(task, null));
        assertNull(channel.receiver().tryReceive());
        channel.sender().close();
        assertTrue(channel.receiver().poll(task).isEnd(), "nothing was counted");
    }
}
