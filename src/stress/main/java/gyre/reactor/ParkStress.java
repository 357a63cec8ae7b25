package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A push against a loop that lies down. Forbidden: that the loop sleeps and nobody rings. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The loop sleeps, and the producer rings.")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "The loop finds the task and stays awake.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Both see each other: a ring for nothing.")
@Outcome(id = "true, false", expect = FORBIDDEN, desc = "A lost wake-up: the loop sleeps over a task.")
@State
public class ParkStress {
    private final TaskQueue queue = new TaskQueue();

    @Actor
    public void loop(ZZ_Result result) {
        result.r1 = queue.park();
    }

    @Actor
    public void producer(ZZ_Result result) {
        result.r2 = queue.push(new TaskQueue.Node());
    }
}
