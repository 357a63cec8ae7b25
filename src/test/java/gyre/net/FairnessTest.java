package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Copy;
import gyre.io.Io;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        run(await(aside(() -> {
            for (int i = 0; i < 100; i++) {
                quiet.send("ping");
                assertEquals("ping", quiet.receive(4));
            }
            return "served";
        })));
        int most = rounds.stream().max(Integer::compare).orElseThrow();
        assertTrue(rounds.size() > 1, "woken again and again");
        assertTrue(most > 1 && most <= 256, "operations in one poll: " + most);
        hog.abort();
        core.turn(java.time.Duration.ZERO);
        assertTrue(busy.ours().isOpen());
    }
}
