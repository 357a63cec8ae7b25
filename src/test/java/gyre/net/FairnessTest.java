package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.channel.Channel;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Streams;
import gyre.future.Task;
import gyre.io.Copy;
import gyre.io.Io;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** Behaviour 20. Each operation here could go on for ever: without a budget these tests hang. */
@EveryBackend
class FairnessTest extends OnLoop {
    /** Far more than a budget, so that a hang fails and doesn't hang. */
    private static final int ENDLESS = 1_000_000;

    FairnessTest(Backend backend) {
        super(backend);
    }

    @Test
    void smallReads() throws Exception {
        Pair busy = pair(1 << 20, 0);
        aside(() -> {
            while (true) {
                busy.theirs().getOutputStream().write(new byte[64 << 10]);
            }
        });
        Buf one = Buf.allocate(1);
        run(Futures.pollFn(task -> busy.ours().read(task, one) == Io.NOT_READY ? Poll.pending() : Poll.done()));
        assertOthersAreServed(busy, task -> busy.ours().read(task, one.clear()));
    }

    @Test
    void peeks() throws Exception {
        Pair busy = pair();
        busy.send("never read");
        Buf some = Buf.allocate(4);
        run(Futures.pollFn(task -> busy.ours().pollRead(task) ? Poll.done() : Poll.pending()));
        assertOthersAreServed(busy, task -> busy.ours().peek(task, some.clear()));
    }

    @Test
    void emptyWrites() throws Exception {
        Pair busy = pair();
        Buf empty = Buf.allocate(0);
        assertOthersAreServed(busy, task -> busy.ours().write(task, empty));
    }

    @Test
    void gatheredEmptyWrites() throws Exception {
        Pair busy = pair();
        Buf[] empty = {Buf.allocate(0)};
        assertOthersAreServed(busy, task -> busy.ours().write(task, empty, 0, 1));
    }

    @Test
    void theOtherSideOfARace() throws Exception {
        assertTheOtherSideIsServed(Future::race);
    }

    @Test
    void theOtherSideOfAJoin() throws Exception {
        assertTheOtherSideIsServed((one, other) -> one.join(other, Long::sum));
    }

    @Test
    void whatStopsABusyServer() throws Exception {
        Channel<String> stop = Channel.bounded(1);
        stop.sender().trySend("now");
        run(Streams.repeat(0).forEach(n -> {}).race(stop.receiver().intoFuture().map(next -> null)));
    }

    private void assertTheOtherSideIsServed(BinaryOperator<Future<Long>> combine) throws Exception {
        Pair busy = pair();
        busy.send("never read");
        Buf some = Buf.allocate(4);
        Future<Long> hog = Futures.pollFn(task -> {
            while (busy.ours().peek(task, some.clear()) != Io.NOT_READY) {}
            return Poll.pending();
        });
        Pair quiet = pair();
        var both = handle.spawn(combine.apply(hog, Copy.copy(quiet.ours(), quiet.ours())));
        assertServed(quiet);
        both.abort();
        core.turn(Duration.ZERO);
    }

    private interface Operation {
        int run(Task task) throws IOException;
    }

    private void assertOthersAreServed(Pair busy, Operation operation) throws Exception {
        List<Integer> rounds = new ArrayList<>();
        var hog = handle.spawn(Futures.pollFn(task -> {
            int n = 0;
            while (n < ENDLESS && operation.run(task) != Io.NOT_READY) {
                n++;
            }
            rounds.add(n);
            return Poll.pending();
        }));
        Pair quiet = pair();
        handle.spawn(Copy.copy(quiet.ours(), quiet.ours()));
        assertServed(quiet);
        int most = rounds.stream().max(Integer::compare).orElseThrow();
        assertTrue(rounds.size() > 1, "woken again and again");
        assertTrue(most > 1 && most <= 256, "operations in one poll: " + most);
        hog.abort();
        core.turn(Duration.ZERO);
        assertTrue(busy.ours().isOpen());
    }

    private void assertServed(Pair quiet) throws Exception {
        run(await(aside(() -> {
            for (int i = 0; i < 100; i++) {
                quiet.send("ping");
                assertEquals("ping", quiet.receive(4));
            }
            return "served";
        })));
    }
}
