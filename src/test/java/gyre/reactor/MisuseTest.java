package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.sys.StreamSocket;
import gyre.testing.EveryBackend;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Futures that break the rules, and extremes that keep them. */
@EveryBackend
class MisuseTest {
    private final Backend backend;
    private Core core;
    private Handle handle;

    MisuseTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() throws Exception {
        core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((thread, e) -> {})
                .open();
        handle = core.handle();
    }

    @AfterEach
    void close() throws Exception {
        core.close();
    }

    @Test
    void anAnswerOfNullEndsItsTaskAlone() throws Exception {
        Future<Void> broken = task -> null;
        JoinHandle<Void> handleOfIt = handle.spawn(broken);
        core.turn(Duration.ZERO);
        assertTrue(handleOfIt.isDone());
        assertThrows(NullPointerException.class, () -> core.run(handleOfIt));
    }

    @Test
    void anAnswerOfTheEndOfAStreamEndsItsTaskAlone() throws Exception {
        Future<String> broken = task -> Poll.end();
        JoinHandle<String> handleOfIt = handle.spawn(broken);
        var promise = handleOfIt.toCompletableFuture();
        core.turn(Duration.ZERO);
        assertTrue(promise.isCompletedExceptionally());
        assertThrows(IllegalStateException.class, () -> core.run(handleOfIt));
    }

    @Test
    void aDeadlineAtTheBeginningOfTimeDoesNotStopOtherTimers() throws Exception {
        Timeout forgotten = Timeout.at(Long.MIN_VALUE, handle);
        core.run(handle.sleep(Duration.ofMillis(1)));
        core.run(forgotten);
    }

    @Test
    void aCancelThatFailsDoesNotHideTheTimeout() {
        Future<Void> slow = new Future<>() {
            @Override
            public Poll<Void> poll(Task task) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                throw new IllegalStateException("cancel");
            }
        };
        var e = assertThrows(SocketTimeoutException.class, () -> core.run(handle.timeout(slow, Duration.ofMillis(1))));
        assertEquals("cancel", e.getSuppressed()[0].getMessage());
    }

    @Test
    void aThousandTasksThatJoinOneLetTheLoopSleep() throws Exception {
        AtomicReference<Task> gate = new AtomicReference<>();
        AtomicInteger open = new AtomicInteger();
        JoinHandle<Integer> joined = handle.spawn(Futures.pollFn(task -> {
            gate.set(task);
            return open.get() == 0 ? Poll.pending() : Poll.ready(7);
        }));
        AtomicInteger polls = new AtomicInteger();
        List<JoinHandle<Integer>> joining = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            joining.add(handle.spawn(Futures.pollFn(task -> {
                polls.incrementAndGet();
                return joined.poll(task);
            })));
        }
        for (int i = 0; i < 100; i++) {
            core.turn(Duration.ZERO);
        }
        assertTrue(polls.get() <= 10_000, polls + " polls");
        open.set(1);
        gate.get().wake();
        for (JoinHandle<Integer> each : joining) {
            assertEquals(7, core.run(each));
        }
    }

    @Test
    void aSecondRegistrationIsRefusedAndTheFirstGoesOn() throws Exception {
        try (Core core = Core.builder().backend(backend).open();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StreamSocket socket = backend.stream(StandardProtocolFamily.INET);
            socket.connect(server.getLocalSocketAddress());
            PollEvented<StreamSocket> first = PollEvented.register(socket, core.handle());
            assertThrows(IllegalStateException.class, () -> PollEvented.register(socket, core.handle()));
            assertTrue(socket.isOpen());
            core.run(Futures.pollFn(task -> {
                if (first.pollWrite(task) && socket.finishConnect()) {
                    return Poll.done();
                }
                first.needWrite(task);
                return Poll.pending();
            }));
        }
    }
}
