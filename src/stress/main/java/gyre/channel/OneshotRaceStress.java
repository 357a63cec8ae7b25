package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A send against the close of either end by another thread. Forbidden: that a value was sent and is not received, or
 * was not sent and is.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Sent and received.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Refused, and the receiver fails.")
@Outcome(expect = FORBIDDEN, desc = "Sent and lost, or received from nowhere.")
@State
public class OneshotRaceStress {
    private final Oneshot<Integer> oneshot = Oneshot.open();

    @Actor
    public void sender(II_Result result) {
        result.r1 = oneshot.sender().send(1) ? 1 : 0;
    }

    @Actor
    public void receiversClose() {
        oneshot.receiver().close();
        oneshot.sender().close();
    }

    @Arbiter
    public void after(II_Result result) {
        try {
            result.r2 = oneshot.receiver().tryReceive().isPending() ? -1 : 1;
        } catch (CancellationException e) {
            result.r2 = 0;
        }
    }
}
