package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Block;
import gyre.future.FakeTask;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.testing.Threads;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ends that go while the other one is at work, as in futures-rs {@code tests/mpsc-close.rs} and {@code tests/channel.rs}. */
class MpscCloseTest {
    private static final int SENDERS = 4;

    private final Threads threads = new Threads();
    private final FakeTask task = new FakeTask();

    @Test
    void smoke() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        threads.start(() -> {
            assertThrows(ReceiverClosedException.class, () -> {
                while (true) {
                    Block.parking(channel.sender().send(42));
                }
            });
            return null;
        });
        assertEquals(
                List.of(42, 42, 42), Block.parking(channel.receiver().take(3).collect()));
        threads.join();
    }

    @Test
    void dropSender() {
        Channel<Integer> channel = Channel.bounded(1);
        channel.sender().cancel();
        assertTrue(channel.receiver().poll(task).isEnd());
    }

    @Test
    void dropRx() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Block.on(channel.sender().send(1));
        channel.receiver().cancel();
        assertThrows(
                ReceiverClosedException.class, () -> Block.on(channel.sender().send(1)));
    }

    @Test
    void dropOrder() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Block.on(channel.sender().send(1));
        Future<Void> refused = channel.sender().send(2);
        channel.receiver().cancel();
        assertThrows(ReceiverClosedException.class, () -> refused.poll(task));
    }

    @Test
    void stressPollReady() throws Exception {
        int each = 2_000;
        for (int capacity : new int[] {0, 1, 16}) {
            Channel<Integer> channel = Channel.bounded(capacity);
            for (int s = 0; s < SENDERS; s++) {
                Sender<Integer> sender = channel.sender().another();
                threads.start(() -> {
                    try (sender) {
                        for (int i = 0; i < each; i++) {
                            Block.parking(Futures.pollFn(sender::pollReady));
                            assertTrue(sender.trySend(i), "ready, and no room");
                        }
                    }
                    return null;
                });
            }
            channel.sender().close();
            assertEquals(SENDERS * each, Ends.drain(channel.receiver()).size());
            threads.join();
        }
    }

    /** The thread that closes and the senders start at once; some senders are between their steps, and hide others. */
    @Test
    void closingFreesEverySenderAtAnyMoment() throws Exception {
        for (int round = 0; round < 200; round++) {
            Channel<Integer> channel = Channel.bounded(round % 2);
            AtomicInteger accepted = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(SENDERS + 2);
            Threads crew = new Threads();
            for (int s = 0; s < SENDERS; s++) {
                Sender<Integer> sender = channel.sender().another();
                crew.start(() -> {
                    start.await();
                    return assertThrows(ReceiverClosedException.class, () -> {
                        while (true) {
                            Block.parking(Ends.accept(sender, 1));
                            accepted.incrementAndGet();
                        }
                    });
                });
            }
            int spins = round * 10;
            crew.start(() -> {
                start.await();
                for (int i = 0; i < spins; i++) {
                    Thread.onSpinWait();
                }
                channel.receiver().close();
                return null;
            });
            start.await();
            int received = Ends.drain(channel.receiver()).size();
            crew.join();
            assertEquals(accepted.get(), received);
        }
    }

    /** Senders come, send an item, and go while it still waits, as connections do. */
    @Test
    void sendersComeAndGo() throws Exception {
        int each = 2_000;
        Channel<Integer> channel = Channel.bounded(2);
        for (int s = 0; s < SENDERS; s++) {
            Sender<Integer> own = channel.sender().another();
            threads.start(() -> {
                for (int i = 0; i < each; i++) {
                    try (Sender<Integer> sender = own.another()) {
                        assertTrue(sender.trySend(i));
                    }
                }
                own.close();
                return null;
            });
        }
        channel.sender().close();
        assertEquals(SENDERS * each, Ends.drain(channel.receiver()).size());
        threads.join();
    }
}
