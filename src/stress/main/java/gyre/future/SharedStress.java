package gyre.future;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.stress.Flag;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two copies of a shared future that are polled by two threads, of which one then causes the event that it waits for.
 * Forbidden: that a copy waits and is not woken, or that the future is polled by both at once.
 */
@JCStressTest
@Outcome(
        id = {"1, 1, 0", "1, 0, 0", "0, 1, 0", "0, 0, 0"},
        expect = ACCEPTABLE,
        desc = "Each copy has its answer or was woken.")
@Outcome(expect = FORBIDDEN, desc = "A copy waits for ever, or two polls overlapped.")
@State
public class SharedStress {
    private final AtomicTask slot = new AtomicTask();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean event;
    private volatile boolean overlap;
    private final Shared<Integer> one = new Shared<>(this::poll);
    private final Shared<Integer> other = one.copy();
    private final Flag flag = new Flag();
    private final Flag otherFlag = new Flag();
    private boolean left;
    private boolean otherLeft;

    private Poll<Integer> poll(Task task) {
        if (inside.incrementAndGet() > 1) {
            overlap = true;
        }
        slot.register(task);
        Poll<Integer> answer = event ? Poll.ready(42) : Poll.pending();
        inside.decrementAndGet();
        return answer;
    }

    private static boolean done(Shared<Integer> copy, Task task) {
        try {
            return !copy.poll(task).isPending();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void one(III_Result result) {
        left = !done(one, flag);
        result.r1 = left ? 1 : 0;
        event = true;
        slot.wake();
    }

    @Actor
    public void other(III_Result result) {
        otherLeft = !done(other, otherFlag);
        result.r2 = otherLeft ? 1 : 0;
    }

    @Arbiter
    public void after(III_Result result) {
        result.r3 = overlap || left && !flag.raised() || otherLeft && !otherFlag.raised() ? 1 : 0;
    }
}
