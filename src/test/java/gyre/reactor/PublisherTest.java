package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Stream;
import gyre.future.Streams;
import gyre.future.ThrowingSupplier;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link Handle#publisher}, by the rules of Reactive Streams, whose numbers stand here and there. */
@EveryBackend
class PublisherTest {
    private final Backend backend;
    private final List<Throwable> uncaught = new ArrayList<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Seen seen = new Seen();
    private Core core;
    private Handle handle;

    PublisherTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((t, e) -> uncaught.add(e))
                .open();
        handle = core.handle();
    }

    @AfterEach
    void close() throws Exception {
        core.close();
    }

    /** Writes down what it is told, and complains about signals that overlap or come after the last. */
    private class Seen implements Flow.Subscriber<Integer> {
        final List<Object> signals = new ArrayList<>();
        Flow.Subscription subscription;
        private boolean inside;
        private boolean over;

        void signal(Object signal, boolean last) {
            assertFalse(inside, "signals overlap (1.3)");
            assertFalse(over, "a signal after the last (1.7)");
            inside = true;
            over = last;
            signals.add(signal);
            told(signal);
            inside = false;
        }

        void told(Object signal) {}

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            signal("subscribed", false);
        }

        @Override
        public void onNext(Integer item) {
            signal(item, false);
        }

        @Override
        public void onError(Throwable error) {
            signal(error, true);
        }

        @Override
        public void onComplete() {
            signal("complete", true);
        }
    }

    private void subscribe(Stream<Integer> stream, Seen subscriber) throws Exception {
        handle.<Integer>publisher(() -> stream).subscribe(subscriber);
        core.turn(Duration.ZERO);
    }

    private Stream<Integer> watched(Stream<Integer> stream) {
        Future<Integer> never = Futures.<Integer>never().onEnd(outcome -> cancelled.set(outcome.isCancelled()));
        return stream.chain(never.intoStream());
    }

    private void turn() throws Exception {
        core.turn(Duration.ZERO);
    }

    @Test
    void demandDrivesTheStream() throws Exception {
        subscribe(Streams.of(1, 2, 3), seen);
        assertEquals(List.of("subscribed"), seen.signals);
        seen.subscription.request(1);
        assertEquals(List.of("subscribed"), seen.signals, "never inside request");
        turn();
        assertEquals(List.of("subscribed", 1), seen.signals);
        seen.subscription.request(1);
        seen.subscription.request(1);
        turn();
        assertEquals(List.of("subscribed", 1, 2, 3), seen.signals);
        seen.subscription.request(1);
        turn();
        assertEquals(List.of("subscribed", 1, 2, 3, "complete"), seen.signals);
        seen.subscription.request(1);
        seen.subscription.cancel();
        turn();
        assertEquals(List.of(), uncaught);
    }

    @Test
    void nothingIsPolledWithoutDemand() throws Exception {
        int[] polls = {0};
        Stream<Integer> items = Streams.of(1, 2);
        subscribe(
                task -> {
                    polls[0]++;
                    return items.poll(task);
                },
                seen);
        assertEquals(0, polls[0]);
        seen.subscription.request(1);
        turn();
        assertEquals(1, polls[0]);
    }

    @Test
    void eachSubscriberHasAStream() throws Exception {
        Flow.Publisher<Integer> publisher = handle.publisher(() -> Streams.of(1));
        Seen second = new Seen();
        publisher.subscribe(seen);
        publisher.subscribe(second);
        turn();
        seen.subscription.request(9);
        second.subscription.request(9);
        turn();
        assertEquals(List.of("subscribed", 1, "complete"), seen.signals);
        assertEquals(seen.signals, second.signals);
    }

    /** 3.9. */
    @Test
    void demandThatIsNoneIsAnError() throws Exception {
        for (long demand : new long[] {0, -1, Long.MIN_VALUE}) {
            Seen each = new Seen();
            cancelled.set(false);
            subscribe(watched(Streams.of(1)), each);
            each.subscription.request(5);
            turn();
            each.subscription.request(demand);
            turn();
            assertEquals(List.of("subscribed", 1), each.signals.subList(0, 2));
            IllegalArgumentException e = assertInstanceOf(IllegalArgumentException.class, each.signals.get(2));
            assertTrue(e.getMessage().contains("request(" + demand + ")"), e.getMessage());
            assertTrue(cancelled.get());
        }
    }

    /** 3.5 to 3.8. */
    @Test
    void cancelCancelsTheStream() throws Exception {
        subscribe(watched(Streams.of(1)), seen);
        seen.subscription.request(5);
        turn();
        seen.subscription.cancel();
        seen.subscription.cancel();
        assertFalse(cancelled.get());
        turn();
        assertTrue(cancelled.get());
        seen.subscription.request(1);
        seen.subscription.request(-1);
        turn();
        assertEquals(List.of("subscribed", 1), seen.signals);
    }

    @Test
    void cancelInsideASignal() throws Exception {
        Seen first = new Seen() {
            @Override
            void told(Object signal) {
                subscription.request(9);
                subscription.cancel();
            }
        };
        boolean[] made = {false};
        handle.<Integer>publisher(() -> {
                    made[0] = true;
                    return Streams.of(1);
                })
                .subscribe(first);
        turn();
        assertEquals(List.of("subscribed"), first.signals);
        assertFalse(made[0]);
        Seen second = new Seen() {
            @Override
            void told(Object signal) {
                subscription.request(9);
                if (signal.equals(2)) {
                    subscription.cancel();
                }
            }
        };
        subscribe(watched(Streams.of(1, 2, 3)), second);
        assertEquals(List.of("subscribed", 1, 2), second.signals);
        assertTrue(cancelled.get());
    }

    /** 3.3: a request inside a signal uses no stack; 3.17: demand saturates. */
    @Test
    void requestsInsideSignalsUseNoStack() throws Exception {
        int count = 100_000;
        int[] got = {0};
        Seen counting = new Seen() {
            @Override
            void told(Object signal) {
                signals.clear();
                got[0]++;
                subscription.request(1);
                subscription.request(Long.MAX_VALUE);
            }
        };
        subscribe(Streams.repeat(7).take(count), counting);
        while (got[0] < count + 2) {
            turn();
        }
        assertEquals(List.of(), uncaught);
    }

    @Test
    void failureIsTheLastSignalAndCancelsTheStream() throws Exception {
        IOException bad = new IOException("bad");
        subscribe(watched(Futures.<Integer>failed(bad).intoStream()), seen);
        seen.subscription.request(9);
        turn();
        assertEquals(List.of("subscribed", bad), seen.signals);
        assertTrue(cancelled.get());
        assertEquals(List.of(), uncaught);
    }

    @Test
    void errorIsToldToBoth() throws Exception {
        AssertionError error = new AssertionError("panic");
        subscribe(
                task -> {
                    throw error;
                },
                seen);
        seen.subscription.request(1);
        turn();
        assertEquals(List.of("subscribed", error), seen.signals);
        assertEquals(List.of(error), uncaught);
    }

    @Test
    void supplierThatFails() throws Exception {
        IOException bad = new IOException("no stream");
        ThrowingSupplier<Stream<Integer>> failing = () -> {
            throw bad;
        };
        handle.publisher(failing).subscribe(seen);
        turn();
        assertEquals(List.of("subscribed", bad), seen.signals);
    }

    /** 2.13. */
    @Test
    void nullIsNoItem() throws Exception {
        subscribe(Streams.repeat(null), seen);
        seen.subscription.request(1);
        turn();
        assertInstanceOf(NullPointerException.class, seen.signals.get(1));
        assertThrows(
                NullPointerException.class,
                () -> handle.publisher(Streams::empty).subscribe(null));
    }

    @Test
    void subscriberThatThrowsLosesItsSubscription() throws Exception {
        IllegalStateException thrown = new IllegalStateException("rule 2.13");
        Seen bad = new Seen() {
            @Override
            void told(Object signal) {
                subscription.request(9);
                if (signal.equals(1)) {
                    throw thrown;
                }
            }
        };
        subscribe(watched(Streams.of(1, 2)), bad);
        assertEquals(List.of(thrown), uncaught);
        assertTrue(cancelled.get());
        assertEquals(List.of("subscribed", 1), bad.signals);
        Seen worse = new Seen() {
            @Override
            public void onComplete() {
                throw thrown;
            }
        };
        subscribe(Streams.empty(), worse);
        worse.subscription.request(1);
        turn();
        assertEquals(List.of(thrown, thrown), uncaught);
    }

    @Test
    void closedCoreEndsTheSubscription() throws Exception {
        subscribe(watched(Streams.of(1)), seen);
        seen.subscription.request(2);
        turn();
        Seen queued = new Seen();
        handle.publisher(() -> Streams.of(1)).subscribe(queued);
        Seen gone = new Seen();
        subscribe(Streams.of(1), gone);
        gone.subscription.cancel();
        core.close();
        assertInstanceOf(LoopClosedException.class, seen.signals.get(2));
        assertTrue(cancelled.get());
        assertInstanceOf(LoopClosedException.class, queued.signals.get(queued.signals.size() - 1));
        assertEquals("subscribed", queued.signals.get(0));
        assertEquals(List.of("subscribed"), gone.signals);
        Seen late = new Seen();
        handle.publisher(() -> Streams.of(1)).subscribe(late);
        assertEquals("subscribed", late.signals.get(0));
        assertInstanceOf(LoopClosedException.class, late.signals.get(1));
    }

    /** Demand from another thread, one at a time; and the way back into a stream. */
    @Test
    void overThreadsAndBack() throws Exception {
        int count = 5_000;
        Flow.Publisher<Integer> publisher = handle.publisher(
                () -> Streams.from(IntStream.range(0, count).boxed().toList()));
        assertEquals(
                IntStream.range(0, count).boxed().toList(),
                core.run(Streams.from(publisher, 3).collect()));
        Thread[] asking = {null};
        Seen other = new Seen() {
            @Override
            void told(Object signal) {
                if (signals.size() == 1) {
                    asking[0] = new Thread(() -> IntStream.range(0, count + 1).forEach(i -> subscription.request(1)));
                    asking[0].start();
                }
            }
        };
        publisher.subscribe(other);
        while (!other.signals.contains("complete")) {
            core.turn(Duration.ofMillis(100));
        }
        asking[0].join();
        assertEquals(count + 2, other.signals.size());
    }
}
