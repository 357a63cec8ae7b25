package gyre.future;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.stress.Flag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A wake against a registration. Forbidden: that the look misses the event and the wake misses the task. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The look sees the event.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The look sees the event, and is woken for nothing.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Pending, and woken.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Pending, and nobody wakes: it waits for ever.")
@State
public class AtomicTaskStress {
    private final AtomicTask slot = new AtomicTask();
    private volatile boolean event;
    private final Flag flag = new Flag();

    @Actor
    public void waiting(ZZ_Result result) {
        slot.register(flag);
        result.r1 = event;
    }

    @Actor
    public void other() {
        event = true;
        slot.wake();
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r2 = flag.raised();
    }
}
