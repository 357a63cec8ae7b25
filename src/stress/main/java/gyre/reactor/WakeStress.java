package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.future.Poll;
import gyre.future.Task;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two wakes against the poll of a task that stays pending. Forbidden: that a waker's event is not seen by the last
 * poll, and that the task is queued twice: more than one poll in the turn that follows.
 */
@JCStressTest
@Outcome(
        id = {"1, 1, 1", "2, 1, 1"},
        expect = ACCEPTABLE,
        desc = "Each event is seen by a poll after it.")
@Outcome(expect = FORBIDDEN, desc = "A wake was lost, or pushed the task twice.")
@State
public class WakeStress {
    private final Loop loop = Still.loop();
    private boolean event; // plain: the wake publishes them
    private boolean other;
    private int polls;
    private int seen;
    private int seenOther;
    private final SpawnedTask<Void> task = SpawnedTask.of(loop, this::poll);

    public WakeStress() {
        task.wake();
    }

    private Poll<Void> poll(Task waker) {
        polls++;
        seen = event ? 1 : 0;
        seenOther = other ? 1 : 0;
        return Poll.pending();
    }

    @Actor
    public void loop() {
        Still.turn(loop);
    }

    @Actor
    public void waker() {
        event = true;
        task.wake();
        other = true;
        task.wake();
    }

    @Arbiter
    public void after(III_Result result) {
        Still.turn(loop);
        result.r1 = polls;
        result.r2 = seen;
        result.r3 = seenOther;
    }
}
