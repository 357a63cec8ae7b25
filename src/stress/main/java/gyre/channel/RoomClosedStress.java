package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The close of the receiver against a sender that waits for room. Forbidden: that the sender waits and is not woken.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The sender fails.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The sender fails, and is woken for nothing.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Pending, and woken.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Pending, and nobody wakes: it waits for ever.")
public class RoomClosedStress {
    @Actor
    public void waiting(FullChannel channel, ZZ_Result result) {
        result.r1 = Ends.isReady(channel.sender, channel.flag);
    }

    @Actor
    public void other(FullChannel channel) {
        channel.receiver.close();
    }

    @Arbiter
    public void after(FullChannel channel, ZZ_Result result) {
        result.r2 = channel.flag.raised();
    }
}
