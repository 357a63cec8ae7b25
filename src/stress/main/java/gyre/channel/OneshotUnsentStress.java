package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.stress.Flag;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The close of a sender without a value against the poll of the receiver. Forbidden: that it waits and is not woken.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The receiver fails.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The receiver fails, and is woken for nothing.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Pending, and woken.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Pending, and nobody wakes: it waits for ever.")
@State
public class OneshotUnsentStress {
    private final Oneshot<Integer> oneshot = Oneshot.open();
    private final Flag flag = new Flag();

    @Actor
    public void waiting(ZZ_Result result) {
        try {
            result.r1 = !oneshot.receiver().poll(flag).isPending();
        } catch (CancellationException e) {
            result.r1 = true;
        }
    }

    @Actor
    public void other() {
        oneshot.sender().close();
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r2 = flag.raised();
    }
}
