package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Behaviour 32: an interrupt is the business of the thread that it is meant for, and of no socket. */
@EveryBackend
class InterruptTest extends OnLoop {
    private static final int SUBMISSIONS = 1_000;

    InterruptTest(Backend backend) {
        super(backend);
    }

    @Test
    void aThreadThatIsInterruptedStillSubmitsAndKeepsItsFlag() throws Exception {
        Pair pair = pair();
        int[] ran = {0};
        CompletableFuture<Boolean> submitter = aside(() -> {
            Thread.currentThread().interrupt();
            for (int i = 0; i < SUBMISSIONS; i++) {
                handle.spawn(Call.of(() -> ++ran[0]));
            }
            return Thread.currentThread().isInterrupted();
        });
        assertTrue(run(await(submitter)), "the flag is the caller's");
        while (ran[0] < SUBMISSIONS) {
            core.turn(PATIENCE);
        }
        pair.send("open");
        assertEquals("open", run(expect(pair.ours(), "open")));
    }

    @Test
    void anInterruptOfTheLoopsThreadClosesNoSocket() throws Exception {
        Pair pair = pair();
        Thread.currentThread().interrupt();
        run(send(pair.ours(), "there"));
        assertEquals("there", run(await(aside(() -> pair.receive(5)))));
        pair.send("back");
        assertEquals("back", run(expect(pair.ours(), "back")));
        assertTrue(Thread.interrupted(), "it is still known");
    }
}
