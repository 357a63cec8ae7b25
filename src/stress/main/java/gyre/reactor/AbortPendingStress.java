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

/** An abort against a poll that stays pending. Forbidden: that the abort is lost, or the future is cancelled twice. */
@JCStressTest
@Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "It was cancelled, once.")
@Outcome(expect = FORBIDDEN, desc = "The abort was lost, or cancelled twice.")
@State
public class AbortPendingStress {
    private final Loop loop = Still.loop();
    private final CountingFuture<Integer> future = new CountingFuture<>(Poll.pending());
    private final SpawnedTask<Integer> task = SpawnedTask.of(loop, future);

    public AbortPendingStress() {
        task.wake();
    }

    @Actor
    public void loop() {
        Still.turn(loop);
    }

    @Actor
    public void other() {
        task.abort();
    }

    @Arbiter
    public void after(II_Result result) {
        Still.turn(loop);
        result.r1 = Still.answer(task, new Flag());
        result.r2 = future.cancels;
    }
}
