package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A receiver that takes one item out of a channel that is just full, against a sender that sends as much as it may.
 * Forbidden: three further ones, which with one taken is one above the capacity and the sender's place.
 */
@JCStressTest
@Outcome(
        id = {"1", "2"},
        expect = ACCEPTABLE,
        desc = "Within the bounds.")
@Outcome(expect = FORBIDDEN, desc = "More are inside than there may be, or none was accepted.")
@State
public class BoundStress {
    private final Shared<Integer> shared = new Shared<>(1);
    private final Place place = new Place();

    public BoundStress() {
        shared.offer(0, new Place());
    }

    @Actor
    public void sender(I_Result result) {
        for (int i = 0; i < 4; i++) {
            if (!place.isTaken() && shared.offer(1, place)) {
                result.r1++;
            }
        }
    }

    @Actor
    public void receiver() {
        shared.take();
    }
}
