package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.future.Poll;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The end of a task, which is then asked for its completable future, as it is by another thread. Forbidden: that they
 * get two different ones, or one that is never completed.
 */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "One future, completed.")
@Outcome(expect = FORBIDDEN, desc = "Two futures, or one that is never completed.")
@State
public class PromiseStress {
    private final Loop loop = Still.loop();
    private final SpawnedTask<Integer> task = SpawnedTask.of(loop, waker -> Poll.ready(42));
    private @Nullable CompletableFuture<Integer> one;
    private @Nullable CompletableFuture<Integer> other;

    public PromiseStress() {
        task.wake();
    }

    @Actor
    public void loop() {
        Still.turn(loop);
        one = task.toCompletableFuture();
    }

    @Actor
    public void other() {
        other = task.toCompletableFuture();
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r1 = one != null && one == other;
        result.r2 = one != null && one.isDone();
    }
}
