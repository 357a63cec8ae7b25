package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.stress.Flag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The close of the receiver against a sender that waits for room. Forbidden: that the sender waits and is not woken.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The sender fails.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The sender fails, and is woken for nothing.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Pending, and woken.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Pending, and nobody wakes: it waits for ever.")
@State
public class RoomClosedStress {
    private final Shared<Integer> shared = new Shared<>(0);
    private final Sender<Integer> sender = new Sender<>(shared);
    private final Receiver<Integer> receiver = new Receiver<>(shared);
    private final Flag flag = new Flag();

    public RoomClosedStress() {
        Ends.send(sender, 1);
    }

    @Actor
    public void waiting(ZZ_Result result) {
        result.r1 = Ends.isReady(sender, flag);
    }

    @Actor
    public void other() {
        receiver.close();
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r2 = flag.raised();
    }
}
