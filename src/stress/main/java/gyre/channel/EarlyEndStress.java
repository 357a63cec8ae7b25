package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.future.Poll;
import gyre.stress.Flag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A send and then the close of the last sender, against a receiver. Forbidden: that the end comes before the item, or
 * either not at all.
 */
@JCStressTest
@Outcome(
        id = {"0, 1, 1", "1, 1, 1"},
        expect = ACCEPTABLE,
        desc = "The item, then the end.")
@Outcome(expect = FORBIDDEN, desc = "The end overtook the item, or one of them was lost.")
@State
public class EarlyEndStress {
    private final Channel<Integer> channel = Channel.unbounded();
    private int received;
    private boolean early;

    private boolean look() {
        Poll<Integer> answer = channel.receiver().poll(new Flag());
        if (!answer.isPending() && !answer.isEnd()) {
            received++;
        }
        early |= answer.isEnd() && received == 0;
        return answer.isEnd();
    }

    @Actor
    public void sender() {
        Ends.send(channel.sender(), 1);
        channel.sender().close();
    }

    @Actor
    public void receiver(III_Result result) {
        look();
        look();
        result.r1 = received;
    }

    @Arbiter
    public void after(III_Result result) {
        look();
        result.r2 = early ? 2 : received;
        result.r3 = look() ? 1 : 0;
    }
}
