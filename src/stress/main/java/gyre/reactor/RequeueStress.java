package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A node that is taken and pushed again by the loop, as a task that was woken while it ran, against a producer of
 * another one: the stub goes in and out between them. Forbidden: that a node is lost or comes twice.
 */
@JCStressTest
@Outcome(id = "2", expect = ACCEPTABLE, desc = "Both nodes are there.")
@Outcome(expect = FORBIDDEN, desc = "A node was lost or repeated.")
@State
public class RequeueStress {
    private final TaskQueue queue = new TaskQueue();
    private final TaskQueue.Node own = new TaskQueue.Node();
    private int taken;

    public RequeueStress() {
        queue.push(own);
    }

    @Actor
    public void loop() {
        for (int i = 0; i < 2; i++) {
            queue.mark();
            for (TaskQueue.Node node; (node = queue.next()) != null; ) {
                if (node == own) {
                    queue.push(own);
                } else {
                    taken++;
                }
            }
        }
    }

    @Actor
    public void producer() {
        queue.push(new TaskQueue.Node());
    }

    @Arbiter
    public void rest(I_Result result) {
        queue.mark();
        while (queue.next() != null) {
            taken++;
        }
        result.r1 = taken;
    }
}
