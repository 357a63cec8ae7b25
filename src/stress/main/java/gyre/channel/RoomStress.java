package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A receiver that takes an item out, against a sender that waits for room. Forbidden: that the sender waits and is not
 * woken.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "There is room.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "There is room, and is woken for nothing.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Pending, and woken.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Pending, and nobody wakes: it waits for ever.")
public class RoomStress {
    @Actor
    public void waiting(FullChannel channel, ZZ_Result result) {
        result.r1 = Ends.isReady(channel.sender, channel.flag);
    }

    @Actor
    public void other(FullChannel channel) {
        channel.receiver.tryReceive();
    }

    @Arbiter
    public void after(FullChannel channel, ZZ_Result result) {
        result.r2 = channel.flag.raised();
    }
}
