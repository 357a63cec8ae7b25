package gyre.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import gyre.stress.Flag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * Two senders of two items each into a channel for one; the thread of one of them then receives. Forbidden: that what
 * was accepted is lost, comes twice or before an older item of its sender; that a place is still taken when all is out.
 */
@JCStressTest
@Outcome(
        id = "true, true, true",
        expect = ACCEPTABLE,
        desc = "All that was accepted, in order, and all places are free.")
@Outcome(expect = FORBIDDEN, desc = "An item was lost, repeated or reordered; or a place stays taken.")
@State
public class SendersStress {
    private final Shared<Integer> shared = new Shared<>(1);
    private final Sender<Integer> one = new Sender<>(shared);
    private final Sender<Integer> other = one.another();
    private final Receiver<Integer> receiver = new Receiver<>(shared);
    private final int[] newest = new int[2];
    private int received;
    private boolean ordered = true;
    private int fromOne;
    private int fromOther;

    private static int send(Sender<Integer> sender, int base) {
        return (Ends.send(sender, base) ? 1 : 0) + (Ends.send(sender, base + 1) ? 1 : 0);
    }

    private void take() {
        Integer item = receiver.tryReceive();
        if (item != null) {
            received++;
            ordered &= newest[item / 10] < item;
            newest[item / 10] = item;
        }
    }

    @Actor
    public void other() {
        fromOther = send(other, 11);
    }

    @Actor
    public void receiver() {
        fromOne = send(one, 1);
        take();
        take();
    }

    @Arbiter
    public void after(ZZZ_Result result) {
        for (int i = 0; i < 4; i++) {
            take();
        }
        result.r1 = received == fromOne + fromOther;
        result.r2 = ordered;
        result.r3 = !one.pollFlush(new Flag()).isPending()
                && !other.pollFlush(new Flag()).isPending();
    }
}
