package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The close of a loop, and a spawn by the closer, against the spawn of another thread. Forbidden: that a spawned future
 * is cancelled twice or not at all, or that its handle does not end.
 */
@JCStressTest
@Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "Both were cancelled once, and their handles have ended.")
@Outcome(expect = FORBIDDEN, desc = "A future was left behind, or cancelled twice.")
@State
public class RejectStress {
    private final Loop loop = Still.loop();
    private final AtomicInteger cancels = new AtomicInteger();
    private @Nullable SpawnedTask<Void> one;
    private @Nullable SpawnedTask<Void> other;

    @Actor
    public void loop() {
        Still.close(loop);
        one = Still.spawn(loop, cancels);
    }

    @Actor
    public void other() {
        other = Still.spawn(loop, cancels);
    }

    @Arbiter
    public void after(II_Result result) {
        result.r1 = cancels.get();
        result.r2 = (one != null && one.isDone() ? 1 : 0) + (other != null && other.isDone() ? 1 : 0);
    }
}
