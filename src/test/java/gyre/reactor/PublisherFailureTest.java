package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream whose cancel throws too: its subscriber is told how it ended all the same. */
@EveryBackend
class PublisherFailureTest {
    private final Backend backend;
    private final List<Throwable> uncaught = new ArrayList<>();
    private final List<Throwable> told = new ArrayList<>();
    private Core core;

    PublisherFailureTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((t, e) -> uncaught.add(e))
                .open();
    }

    @AfterEach
    void close() throws Exception {
        core.close();
    }

    /** Subscribes to a stream that fails so when it is polled, unless that is null, and when it is cancelled. */
    private void subscribe(RuntimeException failure, Throwable atCancel) throws Exception {
        Stream<Integer> stream = new Stream<>() {
            @Override
            public Poll<Integer> poll(Task task) {
                if (failure != null) {
                    throw failure;
                }
                return Poll.pending();
            }

            @Override
            public void cancel() {
                if (atCancel instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) atCancel;
            }
        };
        core.handle().publisher(() -> stream).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(Integer item) {}

            @Override
            public void onError(Throwable error) {
                told.add(error);
            }

            @Override
            public void onComplete() {}
        });
        core.turn(Duration.ZERO);
        core.turn(Duration.ZERO);
    }

    @Test
    void cancelMayThrowTheSameAsPoll() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken");
        subscribe(broken, broken);
        assertEquals(List.of(broken), told);
        assertEquals(List.of(), uncaught);
    }

    @Test
    void cancelMayThrowAnErrorWhichTheCoreIsTold() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken");
        AssertionError error = new AssertionError("panic");
        subscribe(broken, error);
        assertEquals(List.of(broken), told);
        assertEquals(List.of(error), uncaught);
    }

    @Test
    void cancelMayThrowAnErrorWhenTheCoreCloses() throws Exception {
        AssertionError error = new AssertionError("panic");
        subscribe(null, error);
        core.close();
        assertEquals(1, told.size());
        assertInstanceOf(LoopClosedException.class, told.get(0));
        assertEquals(List.of(error), uncaught);
    }
}
