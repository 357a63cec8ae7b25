package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.stress.Flag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A send against a receiver that closes and then takes until the end. Forbidden: that an item is accepted and lost, or
 * refused and received, or that the end never comes.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Accepted, received, and then the end.")
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Refused.")
@Outcome(expect = FORBIDDEN, desc = "An item was lost, or came from nowhere; or no end.")
@State
public class CloseSendStress {
    private final Channel<Integer> channel = Channel.bounded(0);
    private int received;

    private void drain() {
        while (channel.receiver().tryReceive() != null) {
            received++;
        }
    }

    @Actor
    public void sender(III_Result result) {
        result.r1 = Ends.send(channel.sender(), 1) ? 1 : 0;
    }

    @Actor
    public void receiver() {
        channel.receiver().close();
        drain();
    }

    @Arbiter
    public void after(III_Result result) {
        drain();
        result.r2 = received;
        result.r3 = channel.receiver().poll(new Flag()).isEnd() ? 1 : 0;
    }
}
