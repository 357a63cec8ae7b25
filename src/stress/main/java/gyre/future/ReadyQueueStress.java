package gyre.future;

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
 * The wake of a child against a set that is about to wait. Forbidden: that the set sees nothing and its task is not
 * woken.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The child is seen.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The child is seen, and is woken for nothing.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Pending, and woken.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Pending, and nobody wakes: it waits for ever.")
@State
public class ReadyQueueStress {
    private final ReadyQueue queue = new ReadyQueue();
    private final ReadyQueue.Node child = new ReadyQueue.Node(queue);
    private final Flag flag = new Flag();

    @Actor
    public void waiting(ZZ_Result result) {
        queue.tell(flag);
        result.r1 = !queue.isEmpty();
    }

    @Actor
    public void other() {
        child.wake();
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r2 = flag.raised();
    }
}
