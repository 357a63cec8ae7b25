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
 * The close of a loop against the spawn of another thread. Forbidden: that the spawned future is cancelled twice or not
 * at all, or that its handle does not end.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It was cancelled once, and its handle has ended.")
@Outcome(expect = FORBIDDEN, desc = "The future was left behind, or cancelled twice.")
@State
public class CloseStress {
    private final Loop loop = Still.loop();
    private final AtomicInteger cancels = new AtomicInteger();
    private @Nullable SpawnedTask<Void> other;

    @Actor
    public void loop() {
        Still.close(loop);
    }

    @Actor
    public void other() {
        other = Still.spawn(loop, cancels);
    }

    @Arbiter
    public void after(II_Result result) {
        result.r1 = cancels.get();
        result.r2 = other != null && other.isDone() ? 1 : 0;
    }
}
