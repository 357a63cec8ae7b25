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
 * The close of the last sender against the poll of the receiver. Forbidden: that the receiver waits and is not woken.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The end is seen.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The end is seen, and is woken for nothing.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Pending, and woken.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Pending, and nobody wakes: it waits for ever.")
@State
public class EndOfSendersStress {
    private final Channel<Integer> channel = Channel.unbounded();
    private final Flag flag = new Flag();

    @Actor
    public void waiting(ZZ_Result result) {
        result.r1 = channel.receiver().poll(flag).isEnd();
    }

    @Actor
    public void other() {
        channel.sender().close();
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r2 = flag.raised();
    }
}
