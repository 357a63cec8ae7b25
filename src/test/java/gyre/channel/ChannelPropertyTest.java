package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.FakeTask;
import gyre.future.Poll;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A channel beside a plain queue that does the same on one thread. */
class ChannelPropertyTest {
    private interface Action {
        void apply(Both both) throws Exception;
    }

    /** What is done to both. */
    private record Step(String name, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A sender, and what the model knows of it. */
    private static final class Modelled {
        private final Sender<Integer> sender;
        private final FakeTask task = new FakeTask();
        private boolean open = true;
        private boolean heldBack;

        /** Whether it has been told to wait, and so has to be woken. */
        private boolean waits;

        Modelled(Sender<Integer> sender) {
            this.sender = sender;
        }
    }

    private static final class Both {
        private final long capacity;
        private final Receiver<Integer> receiver;
        private final FakeTask receiving = new FakeTask();
        private final List<Modelled> senders = new ArrayList<>();
        private final Deque<Integer> inside = new ArrayDeque<>();
        private final Deque<Modelled> heldBack = new ArrayDeque<>();
        private boolean receiverOpen = true;
        private boolean receiverWaits;
        private int next;

        Both(int capacity) {
            Channel<Integer> channel = capacity < 0 ? Channel.unbounded() : Channel.bounded(capacity);
            this.capacity = capacity < 0 ? Long.MAX_VALUE : capacity;
            receiver = channel.receiver();
            senders.add(new Modelled(channel.sender()));
        }

        Modelled pick(int index) {
            return senders.get(index % senders.size());
        }

        void send(int index, boolean waiting) throws Exception {
            Modelled by = pick(index);
            int item = next++;
            if (!by.open) {
                assertThrows(IllegalStateException.class, () -> put(by, item, waiting));
                by.waits |= waiting && by.heldBack; // it asked, all the same
            } else if (!receiverOpen) {
                assertThrows(ReceiverClosedException.class, () -> put(by, item, waiting));
            } else if (by.heldBack) {
                assertFalse(put(by, item, waiting));
                by.waits |= waiting;
            } else {
                assertTrue(put(by, item, waiting));
                accepted(by, item);
            }
        }

        private static boolean put(Modelled by, int item, boolean waiting) throws Exception {
            return waiting ? by.sender.startSend(by.task, item) : by.sender.trySend(item);
        }

        private void accepted(Modelled by, int item) {
            if (inside.size() >= capacity) {
                by.heldBack = true;
                heldBack.add(by);
            }
            inside.add(item);
            wakeReceiver();
        }

        void flush(int index) {
            Modelled by = pick(index);
            boolean pending = by.heldBack && receiverOpen;
            assertEquals(pending, by.sender.pollFlush(by.task).isPending());
            by.waits |= pending;
        }

        void another(int index) {
            Modelled of = pick(index);
            if (of.open) {
                senders.add(new Modelled(of.sender.another()));
            } else {
                assertThrows(IllegalStateException.class, of.sender::another);
            }
        }

        void closeSender(int index) {
            Modelled by = pick(index);
            by.sender.close();
            if (by.open) {
                by.open = false;
                wake(by);
                if (allClosed()) {
                    wakeReceiver();
                }
            }
        }

        private boolean allClosed() {
            return senders.stream().noneMatch(each -> each.open);
        }

        void receive(boolean waiting) {
            Integer expected = inside.poll();
            if (waiting) {
                Poll<Integer> answer = receiver.poll(receiving);
                boolean end = expected == null && (!receiverOpen || allClosed());
                assertEquals(end, answer.isEnd());
                assertEquals(expected, answer.isReady() ? answer.value() : null);
                receiverWaits |= answer.isPending();
            } else {
                assertEquals(expected, receiver.tryReceive());
            }
            Modelled freed = expected == null ? null : heldBack.poll();
            if (freed != null) {
                freed.heldBack = false;
                wake(freed);
            }
        }

        void closeReceiver() {
            receiver.close();
            receiverOpen = false;
            freeAll();
            wakeReceiver();
        }

        void cancel() {
            receiver.cancel();
            receiverOpen = false;
            inside.clear();
            freeAll();
            wakeReceiver();
            assertNull(receiver.tryReceive());
        }

        private void freeAll() {
            for (Modelled each; (each = heldBack.poll()) != null; ) {
                each.heldBack = false;
                wake(each);
            }
        }

        private static void wake(Modelled by) {
            assertEquals(by.waits ? 1 : 0, by.task.wakes());
            by.waits = false;
        }

        private void wakeReceiver() {
            assertEquals(receiverWaits ? 1 : 0, receiving.wakes());
            receiverWaits = false;
        }

        /** Nobody was woken but those of whom a step said so. */
        void check() {
            for (Modelled each : senders) {
                assertEquals(0, each.task.wakes());
                assertEquals(!receiverOpen, each.sender.isClosed());
            }
            assertEquals(0, receiving.wakes());
            assertTrue(inside.size() - capacity <= senders.size());
            if (receiverOpen) {
                assertEquals(Math.max(0, inside.size() - capacity), heldBack.size());
            }
        }
    }

    @Property(tries = 2_000)
    void doesAsTheModelDoes(@ForAll("capacities") int capacity, @ForAll("steps") List<Step> steps) throws Exception {
        Both both = new Both(capacity);
        for (Step step : steps) {
            step.action.apply(both);
            both.check();
        }
        for (int i = 0; i < both.senders.size(); i++) {
            both.closeSender(i);
        }
        while (!both.inside.isEmpty()) {
            both.receive(true);
            both.check();
        }
        both.receive(true);
        assertTrue(both.receiver.poll(both.receiving).isEnd());
    }

    @Provide
    Arbitrary<Integer> capacities() {
        return Arbitraries.integers().between(-1, 3);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> indices = Arbitraries.integers().between(0, 11);
        Arbitrary<Step> send = indices.map(i -> new Step("send " + i, both -> both.send(i, true)));
        Arbitrary<Step> trySend = indices.map(i -> new Step("trySend " + i, both -> both.send(i, false)));
        Arbitrary<Step> flush = indices.map(i -> new Step("flush " + i, both -> both.flush(i)));
        Arbitrary<Step> another = indices.map(i -> new Step("another " + i, both -> both.another(i)));
        Arbitrary<Step> closeSender = indices.map(i -> new Step("close " + i, both -> both.closeSender(i)));
        Arbitrary<Step> receive = Arbitraries.of(
                new Step("receive", both -> both.receive(true)), new Step("tryReceive", both -> both.receive(false)));
        Arbitrary<Step> closeReceiver = Arbitraries.just(new Step("close receiver", Both::closeReceiver));
        Arbitrary<Step> cancel = Arbitraries.just(new Step("cancel", Both::cancel));
        return Arbitraries.frequencyOf(
                        Tuple.of(30, send),
                        Tuple.of(15, trySend),
                        Tuple.of(10, flush),
                        Tuple.of(8, another),
                        Tuple.of(4, closeSender),
                        Tuple.of(30, receive),
                        Tuple.of(1, closeReceiver),
                        Tuple.of(1, cancel))
                .list()
                .ofMaxSize(80);
    }
}
