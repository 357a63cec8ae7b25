package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Block;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.testing.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Many threads at once; an item is its producer's number and its own. */
class ChannelStressTest {
    private static final int PRODUCERS = 8;
    private static final int ITEMS = 4_000;
    private static final long NANOS = 1_000_000_000;

    private record Item(int producer, int number) {}

    /** Checks that the items of each producer come in order and without a gap. */
    private static final class Tally {
        private final int[] next = new int[PRODUCERS];
        private int total;

        void add(Item item) {
            assertEquals(next[item.producer]++, item.number, () -> "of producer " + item.producer);
            total++;
        }
    }

    private static void send(Sender<Item> sender, int producer) throws Exception {
        try (sender) {
            for (int n = 0; n < ITEMS; n++) {
                Block.parking(Ends.accept(sender, new Item(producer, n)));
            }
        }
    }

    private static Threads produce(Channel<Item> channel) {
        Threads threads = new Threads();
        for (int i = 0; i < PRODUCERS; i++) {
            int producer = i;
            Sender<Item> mine = channel.sender().another();
            threads.start(() -> {
                send(mine, producer);
                return null;
            });
        }
        channel.sender().close();
        return threads;
    }

    private static void everythingArrives(Channel<Item> channel) throws Exception {
        Threads threads = produce(channel);
        Tally tally = new Tally();
        for (Item item; (item = Ends.receive(channel.receiver())) != null; ) {
            tally.add(item);
        }
        threads.join();
        assertEquals(PRODUCERS * ITEMS, tally.total);
    }

    @Test
    void stressSharedUnbounded() throws Exception {
        everythingArrives(Channel.unbounded());
    }

    @Test
    void stressSharedBoundedHard() throws Exception {
        everythingArrives(Channel.bounded(0));
    }

    @Test
    void stressSharedBounded() throws Exception {
        everythingArrives(Channel.bounded(3));
    }

    /** One sender of an unbounded channel, used by all. */
    @Test
    void stressOneSenderOfMany() throws Exception {
        Channel<Item> channel = Channel.unbounded();
        AtomicInteger left = new AtomicInteger(PRODUCERS);
        Threads threads = new Threads();
        for (int i = 0; i < PRODUCERS; i++) {
            int producer = i;
            threads.start(() -> {
                for (int n = 0; n < ITEMS; n++) {
                    assertTrue(channel.sender().trySend(new Item(producer, n)));
                }
                if (left.decrementAndGet() == 0) {
                    channel.sender().close();
                }
                return null;
            });
        }
        Tally tally = new Tally();
        for (Item item; (item = Ends.receive(channel.receiver())) != null; ) {
            tally.add(item);
        }
        threads.join();
        assertEquals(PRODUCERS * ITEMS, tally.total);
    }

    /** The receiver goes from thread to thread, each with a task of its own. */
    @Test
    void stressReceiverMultiTaskBoundedHard() throws Exception {
        Channel<Item> channel = Channel.bounded(0);
        Threads threads = produce(channel);
        AtomicReference<Receiver<Item>> free = new AtomicReference<>(channel.receiver());
        Tally tally = new Tally();
        for (int i = 0; i < 4; i++) {
            threads.start(() -> {
                for (int n = 1; ; n++) {
                    Receiver<Item> mine = free.getAndSet(null);
                    if (mine == null) {
                        Thread.yield();
                        continue;
                    }
                    Item item;
                    if (n % 7 == 0) { // asked, and left to another thread while there is nothing
                        Poll<Item> answer = mine.poll(() -> {});
                        if (answer.isEnd()) {
                            free.set(mine);
                            return null;
                        }
                        item = answer.isReady() ? answer.value() : null;
                    } else {
                        item = Ends.receive(mine);
                        if (item == null) {
                            free.set(mine);
                            return null;
                        }
                    }
                    if (item != null) {
                        tally.add(item);
                    }
                    free.set(mine);
                }
            });
        }
        threads.join();
        assertEquals(PRODUCERS * ITEMS, tally.total);
    }

    /** The last sender goes right after its item. */
    @Test
    void stressDropSender() throws Exception {
        long end = System.nanoTime() + NANOS;
        do {
            Channel<Integer> channel = Channel.bounded(1);
            Threads threads = new Threads();
            threads.start(() -> {
                try (Sender<Integer> sender = channel.sender()) {
                    for (int i = 1; i <= 3; i++) {
                        Block.parking(sender.send(i));
                    }
                }
                return null;
            });
            assertEquals(List.of(1, 2, 3), Ends.drain(channel.receiver()));
            threads.join();
        } while (System.nanoTime() < end);
    }

    /** Whoever closes, and whoever takes what is left: what was accepted is what arrived. */
    @Test
    void stressCloseReceiver() throws Exception {
        long end = System.nanoTime() + NANOS;
        for (int round = 0; System.nanoTime() < end; round++) {
            boolean cancel = round % 2 == 0;
            Channel<Item> channel = round % 3 == 0 ? Channel.unbounded() : Channel.bounded(round % 3 - 1);
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            Threads threads = new Threads();
            for (int i = 0; i < PRODUCERS; i++) {
                int producer = i;
                Sender<Item> mine = channel.sender().another();
                threads.start(() -> {
                    try {
                        for (int n = 0; ; n++) {
                            Block.parking(Ends.accept(mine, new Item(producer, n)));
                            accepted.incrementAndGet();
                        }
                    } catch (ReceiverClosedException e) {
                        refused.incrementAndGet();
                        Block.parking(mine.flush());
                    }
                    return null;
                });
            }
            Tally tally = new Tally();
            for (int n = 0; n < 50; n++) {
                tally.add(Ends.receive(channel.receiver()));
            }
            if (cancel) {
                channel.receiver().cancel();
                assertEquals(null, Ends.receive(channel.receiver()));
            } else {
                threads.start(() -> {
                    channel.receiver().close(); // from another thread, in the middle
                    return null;
                });
                for (Item item; (item = Ends.receive(channel.receiver())) != null; ) {
                    tally.add(item);
                }
            }
            threads.join();
            assertEquals(PRODUCERS, refused.get(), "each is told");
            if (cancel) {
                assertTrue(tally.total <= accepted.get());
            } else {
                assertEquals(accepted.get(), tally.total);
            }
        }
    }

    /** A sender is closed by one thread while another one sends: nothing that was accepted comes after the end. */
    @Test
    void stressCloseOfASenderInUse() throws Exception {
        long end = System.nanoTime() + NANOS;
        for (int round = 0; System.nanoTime() < end; round++) {
            Channel<Integer> channel = round % 2 == 0 ? Channel.unbounded() : Channel.bounded(0);
            Sender<Integer> sender = channel.sender();
            AtomicInteger accepted = new AtomicInteger();
            Threads threads = new Threads();
            threads.start(() -> {
                try {
                    while (true) {
                        Block.parking(Ends.accept(sender, 1));
                        accepted.incrementAndGet();
                    }
                } catch (IllegalStateException e) {
                    return null;
                }
            });
            threads.start(() -> {
                while (accepted.get() < 20) {
                    Thread.yield();
                }
                sender.close();
                return null;
            });
            int received = Ends.drain(channel.receiver()).size();
            threads.join();
            assertEquals(accepted.get(), received);
            assertEquals(null, channel.receiver().tryReceive());
        }
    }

    /** Further senders are made of one that is being closed: each works, or there is none. */
    @Test
    void stressAnotherAgainstClose() throws Exception {
        long end = System.nanoTime() + NANOS / 2;
        AtomicInteger made = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        do {
            Channel<Integer> channel = Channel.unbounded();
            int before = made.get();
            Threads threads = new Threads();
            threads.start(() -> {
                try (Sender<Integer> second = channel.sender().another()) {
                    assertTrue(second.trySend(1));
                    made.incrementAndGet();
                } catch (IllegalStateException e) {
                    refused.incrementAndGet();
                }
                return null;
            });
            channel.sender().close();
            int received = Ends.drain(channel.receiver()).size();
            threads.join();
            assertEquals(made.get() - before, received);
        } while (System.nanoTime() < end);
        assertTrue(made.get() + refused.get() > 0);
    }

    /** One that waits is woken for each item taken, and not all. */
    @Test
    void noHerd() throws Exception {
        Channel<Item> channel = Channel.bounded(0);
        AtomicLong wakes = new AtomicLong();
        Threads threads = new Threads();
        for (int i = 0; i < PRODUCERS; i++) {
            int producer = i;
            Sender<Item> mine = channel.sender().another();
            threads.start(() -> {
                Semaphore woken = new Semaphore(0);
                Task task = () -> {
                    wakes.incrementAndGet();
                    woken.release();
                };
                try {
                    for (int n = 0; ; n++) { // how many each gets in is the system's to say
                        while (!mine.startSend(task, new Item(producer, n))) {
                            assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "nobody was woken");
                        }
                    }
                } catch (ReceiverClosedException e) {
                    return null;
                }
            });
        }
        int receives = 0;
        for (Tally tally = new Tally(); receives < PRODUCERS * ITEMS / 2; receives++) {
            tally.add(Ends.receive(channel.receiver()));
        }
        channel.receiver().close();
        receives += Ends.drain(channel.receiver()).size();
        threads.join();
        assertTrue(wakes.get() > 0, "none had to wait");
        assertTrue(wakes.get() <= receives + PRODUCERS, wakes + " wakes for " + receives + " receives and one close");
    }

    /** The channel never holds more than its capacity and one for each sender. */
    @Test
    void staysWithinItsBounds() throws Exception {
        int capacity = 2;
        Channel<Integer> channel = Channel.bounded(capacity);
        AtomicInteger inside = new AtomicInteger();
        List<Sender<Integer>> senders = new ArrayList<>();
        Threads threads = new Threads();
        for (int i = 0; i < PRODUCERS; i++) {
            Sender<Integer> mine = channel.sender().another();
            senders.add(mine);
            threads.start(() -> {
                try (mine) {
                    for (int n = 0; n < ITEMS; n++) {
                        Block.parking(Futures.pollFn(task -> {
                            if (!mine.startSend(task, 1)) {
                                return Poll.pending();
                            }
                            inside.incrementAndGet();
                            return Poll.done();
                        }));
                    }
                }
                return null;
            });
        }
        channel.sender().close();
        int received = 0;
        for (; Ends.receive(channel.receiver()) != null; received++) {
            int now = inside.getAndDecrement(); // with the one that was just taken out
            assertTrue(now <= capacity + PRODUCERS + 1, () -> now + " items inside");
        }
        threads.join();
        assertEquals(PRODUCERS * ITEMS, received);
    }
}
