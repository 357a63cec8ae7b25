package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.future.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two wakes against the poll that ends a task. Forbidden: that it is polled after its end,
 * that it is run without its future, or is not done. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "One poll, which ended it.")
@Outcome(expect = FORBIDDEN, desc = "It was polled after its end, or has not ended.")
@State
public class EndStress {
    private int polls;
    private int failures;
    private final Loop loop = Still.loop((thread, failure) -> failures++);
    private final SpawnedTask<Integer> task = SpawnedTask.of(loop, waker -> Poll.ready(++polls));

    public EndStress() {
        task.wake();
    }

    @Actor
    public void loop() {
        Still.turn(loop);
    }

    @Actor
    public void waker() {
        task.wake();
        task.wake();
    }

    @Arbiter
    public void after(III_Result result) {
        Still.turn(loop);
        result.r1 = polls;
        result.r2 = task.isDone() ? 1 : 0;
        result.r3 = failures;
    }
}
