package gyre.future;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two wakes of a child against its poll. Forbidden: that an event is not seen by the poll that follows its wake, or
 * that the child is in the queue more than once.
 */
@JCStressTest
@Outcome(
        id = {"1, 1, 1", "2, 1, 1", "3, 1, 1"},
        expect = ACCEPTABLE,
        desc = "Each event is seen.")
@Outcome(expect = FORBIDDEN, desc = "A wake was lost, or put the child in twice.")
@State
public class ReadyQueueArmStress {
    private final ReadyQueue queue = new ReadyQueue();
    private final ReadyQueue.Node child = new ReadyQueue.Node(queue);
    private boolean event; // plain: the wake publishes them
    private boolean other;
    private int polls;
    private int seen;
    private int seenOther;

    public ReadyQueueArmStress() {
        child.enqueueOrRetire(true);
    }

    private void poll() {
        if (queue.take() == child) {
            child.arm();
            polls++;
            seen = event ? 1 : 0;
            seenOther = other ? 1 : 0;
        }
    }

    @Actor
    public void set() {
        poll();
        poll();
    }

    @Actor
    public void waker() {
        event = true;
        child.wake();
        other = true;
        child.wake();
    }

    @Arbiter
    public void after(III_Result result) {
        while (!queue.isEmpty()) {
            poll();
        }
        result.r1 = polls;
        result.r2 = seen;
        result.r3 = seenOther;
    }
}
