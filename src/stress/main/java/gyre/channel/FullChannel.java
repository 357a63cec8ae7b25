package gyre.channel;

import gyre.stress.Flag;
import org.openjdk.jcstress.annotations.State;

/** A channel of capacity 0 whose one sender has sent an item, so that it has to wait for room. */
@State
public class FullChannel {
    final Shared<Integer> shared = new Shared<>(0);
    final Sender<Integer> sender = new Sender<>(shared);
    final Receiver<Integer> receiver = new Receiver<>(shared);
    final Flag flag = new Flag();

    public FullChannel() {
        Ends.send(sender, 1);
    }
}
