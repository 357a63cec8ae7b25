package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.future.Poll;
import gyre.stress.Flag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A poll of the join handle against the end of the task. Forbidden: that the handle is pending and its task is not
 * woken, or that it gives another value.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Pending, and woken.")
@Outcome(
        id = {"42, 0", "42, 1"},
        expect = ACCEPTABLE,
        desc = "The value.")
@Outcome(expect = FORBIDDEN, desc = "A lost wake-up, or a wrong value.")
@State
public class JoinStress {
    private final Loop loop = Still.loop();
    private final SpawnedTask<Integer> task = SpawnedTask.of(loop, waker -> Poll.ready(42));
    private final Flag flag = new Flag();

    public JoinStress() {
        task.wake();
    }

    @Actor
    public void loop() {
        Still.turn(loop);
    }

    @Actor
    public void joiner(II_Result result) {
        result.r1 = Still.answer(task, flag);
    }

    @Arbiter
    public void after(II_Result result) {
        result.r2 = flag.raised() ? 1 : 0;
    }
}
