package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two pushes against a loop that lies down, gets up and lies down again, as it does after a ring that came late.
 * Forbidden: that it sleeps at the end and nobody has rung.
 */
@JCStressTest
@Outcome(
        id = {"1, 1", "1, 2"},
        expect = ACCEPTABLE,
        desc = "The loop sleeps in the end, and is rung.")
@Outcome(
        id = {"0, 0", "0, 1", "0, 2"},
        expect = ACCEPTABLE,
        desc = "The loop finds a task and stays awake.")
@Outcome(expect = FORBIDDEN, desc = "A lost wake-up.")
@State
public class ParkTwiceStress {
    private final TaskQueue queue = new TaskQueue();
    private boolean first;
    private boolean second;

    @Actor
    public void loop(II_Result result) {
        queue.park();
        queue.unpark();
        result.r1 = queue.park() ? 1 : 0;
    }

    @Actor
    public void one() {
        first = queue.push(new TaskQueue.Node());
        second = queue.push(new TaskQueue.Node());
    }

    @Arbiter
    public void count(II_Result result) {
        result.r2 = (first ? 1 : 0) + (second ? 1 : 0);
    }
}
