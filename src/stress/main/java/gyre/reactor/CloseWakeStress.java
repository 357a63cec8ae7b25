package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
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
    private int polls;
    private int cancels;
    private final SpawnedTask<Void> task = SpawnedTask.of(loop, new Future<>() {
        @Override
        public Poll<Void> poll(Task waker) {
            polls++;
            return Poll.pending();
        }

        @Override
        public void cancel() {
            cancels++;
        }
    });

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
        result.r1 = cancels;
        result.r2 = polls;
        result.r3 = task.isDone() ? 1 : 0;
    }
}
