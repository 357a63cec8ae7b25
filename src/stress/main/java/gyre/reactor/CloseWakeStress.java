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

/**
 * The close of a loop against a wake and an abort of a task that waits there. Forbidden: that its future is cancelled
 * twice or not at all, or polled once more.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Cancelled once, and over.")
@Outcome(expect = FORBIDDEN, desc = "The future was left behind, polled again, or cancelled twice.")
@State
public class CloseWakeStress {
    private final Loop loop = Still.loop();
    private final CountingFuture<Void> future = new CountingFuture<>(Poll.pending());
    private final SpawnedTask<Void> task = SpawnedTask.of(loop, future);

    public CloseWakeStress() {
        task.wake();
        Still.turn(loop);
    }

    @Actor
    public void loop() {
        Still.close(loop);
    }

    @Actor
    public void waker() {
        task.wake();
        task.abort();
    }

    @Arbiter
    public void after(III_Result result) {
        result.r1 = future.cancels;
        result.r2 = future.polls;
        result.r3 = task.isDone() ? 1 : 0;
    }
}
