package gyre.sys.posix;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A thread that uses a descriptor against one that closes it. Forbidden: that it is used after the close has returned
 * from the gate.
 */
@JCStressTest
@Outcome(
        id = {"0", "1"},
        expect = ACCEPTABLE,
        desc = "Sent away, or used while it is open.")
@Outcome(id = "2", expect = FORBIDDEN, desc = "A closed descriptor was used.")
@State
public class GateStress {
    private final Gate gate = new Gate();
    private boolean closed; // plain: the gate orders it

    @Actor
    public void user(I_Result result) {
        if (gate.enter()) {
            result.r1 = closed ? 2 : 1;
        }
        gate.leave();
    }

    @Actor
    public void closer() {
        gate.close();
        closed = true;
    }
}
