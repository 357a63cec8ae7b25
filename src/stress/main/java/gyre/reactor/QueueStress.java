package gyre.reactor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two producers of two nodes each, one of them the loop, which then takes steps. Forbidden: that a node is lost, comes
 * twice, comes before an older one of its producer, or without what its producer wrote into it.
 */
@JCStressTest
@Outcome(id = "4, 4", expect = ACCEPTABLE, desc = "Four nodes, each whole and in its order.")
@Outcome(expect = FORBIDDEN, desc = "A node was lost, repeated, reordered or torn.")
@State
public class QueueStress {
    static final class Numbered extends TaskQueue.Node {
        int producer;
        int number; // plain: the queue publishes it
    }

    private final TaskQueue queue = new TaskQueue();
    private final int[] newest = new int[2];
    private int taken;
    private int right;

    private void produce(int producer) {
        for (int i = 1; i <= 2; i++) {
            Numbered node = new Numbered();
            node.producer = producer;
            node.number = i;
            queue.push(node);
        }
    }

    private void step() {
        queue.mark();
        for (TaskQueue.Node node; (node = queue.next()) != null; ) {
            Numbered numbered = (Numbered) node;
            taken++;
            if (numbered.number == ++newest[numbered.producer]) {
                right++;
            }
        }
    }

    @Actor
    public void other() {
        produce(1);
    }

    @Actor
    public void loop() {
        produce(0);
        step();
        step();
    }

    @Arbiter
    public void rest(II_Result result) {
        step();
        result.r1 = taken;
        result.r2 = right;
    }
}
