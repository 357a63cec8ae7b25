package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Transfer;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task of the user's own whose wake throws: nobody but it goes without, and the Core's handler hears of it. */
@EveryBackend
class BadWakeTest extends Turning {
    private static final Task NOBODY = () -> {};

    private final List<String> woken = new ArrayList<>();
    private final Task bad = () -> {
        woken.add("bad");
        throw new IllegalStateException("bad");
    };
    private final Task good = () -> woken.add("good");
    private final Task other = () -> woken.add("other");

    BadWakeTest(Backend backend) {
        super(backend);
    }

    private void assertToldOnce() {
        assertEquals(List.of("bad", "good", "other"), woken);
        assertEquals(1, uncaught.size());
        assertEquals("bad", uncaught.get(0).getMessage());
        uncaught.clear();
    }

    @Test
    void ofASource() throws Exception {
        Pipe pipe = Pipe.open();
        later(pipe.sink());
        var source = later(PollEvented.fromChannel(pipe.source(), handle));
        for (Task each : List.of(bad, good, other)) {
            source.needRead(each);
        }
        pipe.sink().write(java.nio.ByteBuffer.allocate(1));
        for (long end = System.nanoTime() + PATIENCE.toNanos(); woken.size() < 3 && System.nanoTime() < end; ) {
            core.turn(Duration.ofMillis(20));
        }
        assertToldOnce();
        assertTrue(source.pollRead(NOBODY), "the readiness is kept");
    }

    @Test
    void ofASourceThatCloses() throws Exception {
        Pipe pipe = Pipe.open();
        later(pipe.sink());
        var source = PollEvented.fromChannel(pipe.source(), handle);
        source.needRead(bad);
        source.needRead(good);
        source.needWrite(other);
        source.close();
        assertToldOnce();
        pipe.source().close();
    }

    @Test
    void ofATimer() throws Exception {
        for (Task each : List.of(bad, good, other)) {
            assertTrue(Timeout.after(Duration.ofMillis(5), handle).poll(each).isPending());
        }
        run(handle.sleep(Duration.ofMillis(50)));
        assertToldOnce();
    }

    @Test
    void ofATaskThatIsJoined() throws Exception {
        JoinHandle<Integer> joined = handle.spawn(Call.of(() -> 7));
        for (Task each : List.of(bad, good, other)) {
            assertTrue(joined.poll(each).isPending());
        }
        var completed = joined.toCompletableFuture();
        settle();
        assertToldOnce();
        assertEquals(7, completed.getNow(0));
    }

    @Test
    void ofAGroupThatDrains() throws Exception {
        TaskGroup group = new TaskGroup(handle);
        group.spawn(Futures.pollFn(task -> gyre.future.Poll.<Integer>pending()));
        Future<Drained> drained = group.drain(Duration.ofMillis(1));
        for (Task each : List.of(bad, good, other)) {
            assertTrue(drained.poll(each).isPending());
        }
        run(handle.sleep(Duration.ofMillis(20)));
        assertToldOnce();
    }

    @Test
    void anAttemptThatClosesItsOwnSourceLeavesNobodyWaiting() throws Exception {
        Pipe pipe = Pipe.open();
        later(pipe.sink());
        var source = PollEvented.fromChannel(pipe.source(), handle);
        int count = source.tryRead(good, ignored -> {
            close(source);
            return Transfer.NOT_READY;
        });
        assertEquals(Transfer.NOT_READY, count);
        assertEquals(List.of("good"), woken);
        assertThrows(ClosedChannelException.class, () -> source.pollRead(good));
        assertFalse(pipe.source().isOpen());
    }

    private static void close(PollEvented<?> source) throws IOException {
        source.close();
    }
}
