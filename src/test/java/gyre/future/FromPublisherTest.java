package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FromPublisherTest {
    private final FakeTask task = new FakeTask();
    private final ByHand hand = new ByHand();
    private final Stream<Integer> stream = Streams.from(hand, 4);

    /** A publisher that a test drives. */
    private static final class ByHand implements Flow.Publisher<Integer>, Flow.Subscription {
        final List<Long> requests = new ArrayList<>();
        Flow.Subscriber<? super Integer> subscriber;
        int cancels;

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> given) {
            subscriber = given;
        }

        @Override
        public void request(long count) {
            requests.add(count);
        }

        @Override
        public void cancel() {
            cancels++;
        }

        void begin() {
            subscriber.onSubscribe(this);
        }

        void send(int... items) {
            for (int item : items) {
                subscriber.onNext(item);
            }
        }
    }

    private void assertNext(int item) throws Exception {
        Poll<Integer> answer = stream.poll(task);
        assertTrue(answer.isReady(), answer::toString);
        assertEquals(item, answer.value());
    }

    private void begun() throws Exception {
        assertTrue(stream.poll(task).isPending());
        hand.begin();
        assertEquals(1, task.wakes());
        assertTrue(stream.poll(task).isPending());
        assertEquals(List.of(4L), hand.requests);
    }

    @Test
    void subscribesAtTheFirstPoll() throws Exception {
        assertEquals(null, hand.subscriber);
        begun();
    }

    @Test
    void demandIsBoundedAndRenewedByHalves() throws Exception {
        begun();
        hand.send(1, 2, 3, 4);
        assertTrue(task.wakes() > 0);
        assertNext(1);
        assertNext(2);
        assertEquals(List.of(4L), hand.requests);
        assertNext(3);
        assertEquals(List.of(4L, 2L), hand.requests);
        assertNext(4);
        assertTrue(stream.poll(task).isPending());
    }

    @Test
    void itemsBeforeTheEndAreGiven() throws Exception {
        begun();
        hand.send(1);
        hand.subscriber.onComplete();
        assertNext(1);
        assertTrue(stream.poll(task).isEnd());
        assertTrue(stream.poll(task).isEnd());
        stream.cancel();
        assertEquals(0, hand.cancels);
    }

    @Test
    void failureIsTheLastItem() throws Exception {
        begun();
        hand.send(1);
        hand.subscriber.onError(new IOException("bad"));
        assertEquals(List.of(1, "bad"), Block.items(stream));
        assertTrue(stream.poll(task).isEnd());
    }

    @Test
    void moreThanAskedForIsAFailure() throws Exception {
        begun();
        hand.send(1, 2, 3, 4, 5, 6);
        assertEquals(List.of(1, 2, 3, 4, "the publisher sent more than it was asked for"), Block.items(stream));
        assertEquals(1, hand.cancels);
    }

    @Test
    void cancelCancelsTheSubscriptionOnce() throws Exception {
        begun();
        hand.send(1);
        stream.cancel();
        stream.cancel();
        assertEquals(1, hand.cancels);
        task.wakes();
        hand.send(2);
        assertEquals(0, task.wakes());
    }

    @Test
    void subscriptionThatComesAfterTheCancelIsCancelled() throws Exception {
        assertTrue(stream.poll(task).isPending());
        stream.cancel();
        hand.begin();
        assertEquals(1, hand.cancels);
        assertEquals(List.of(), hand.requests);
        Streams.from(new ByHand(), 1).cancel();
    }

    @Test
    void secondSubscriptionIsCancelled() throws Exception {
        begun();
        ByHand second = new ByHand();
        hand.subscriber.onSubscribe(second);
        assertEquals(1, second.cancels);
        assertEquals(0, hand.cancels);
        hand.send(1);
        assertNext(1);
    }

    @Test
    void nullIsRefused() throws Exception {
        begun();
        Flow.Subscriber<? super Integer> subscriber = hand.subscriber;
        assertThrows(NullPointerException.class, () -> subscriber.onNext(null));
        assertThrows(NullPointerException.class, () -> subscriber.onError(null));
        assertThrows(NullPointerException.class, () -> subscriber.onSubscribe(null));
        assertThrows(IllegalArgumentException.class, () -> Streams.from(hand, 0));
    }

    @Test
    void publisherThatAnswersInsideRequestUsesNoStack() throws Exception {
        int count = 100_000;
        Flow.Publisher<Integer> eager = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private int next;

            @Override
            public void request(long more) {
                for (long i = 0; i < more && next < count; i++) {
                    subscriber.onNext(next++);
                    if (next == count) {
                        subscriber.onComplete();
                    }
                }
            }

            @Override
            public void cancel() {}
        });
        assertEquals(
                (long) count * (count - 1) / 2, Block.on(Streams.from(eager, 1).fold(0L, Long::sum)));
    }

    @Test
    void publisherThatFailsToSubscribe() throws Exception {
        Stream<Integer> failing = Streams.from(
                subscriber -> {
                    throw new IllegalStateException("no");
                },
                1);
        assertThrows(IllegalStateException.class, () -> failing.poll(task));
        assertTrue(failing.poll(task).isEnd());
    }

    @Test
    void ofAnotherThread() throws Exception {
        int count = 20_000;
        for (int demand : new int[] {1, 7, 64}) {
            SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
            Future<List<Integer>> all = Streams.from(publisher, demand).collect();
            assertFalse(all.poll(task).isReady());
            Thread sender = new Thread(() -> {
                try (publisher) {
                    IntStream.range(0, count).forEach(publisher::submit);
                }
            });
            sender.start();
            assertEquals(IntStream.range(0, count).boxed().toList(), Block.parking(all));
            sender.join();
        }
    }
}
