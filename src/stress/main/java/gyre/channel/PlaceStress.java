package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A send beyond the capacity against the close of the receiver. Forbidden: that an accepted item leaves its place
 * taken, in the queue of a channel where nobody takes any more.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Accepted, and the place was freed.")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Refused.")
@Outcome(expect = FORBIDDEN, desc = "The place stays taken.")
@State
public class PlaceStress {
    private final Shared<Integer> shared = new Shared<>(0);
    private final Place place = new Place();

    @Actor
    public void sender(ZZ_Result result) {
        result.r1 = shared.offer(1, place);
    }

    @Actor
    public void receiver() {
        shared.close();
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r2 = place.isTaken();
    }
}
