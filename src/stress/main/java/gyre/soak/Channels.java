package gyre.soak;

import gyre.channel.Channel;
import gyre.future.Streams;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;

/** A bounded channel between a task on each of two loops: everything comes, in order. */
final class Channels implements Activity {
    private static final int ITEMS = 1_000;

    private final Handle from;
    private final Handle to;

    Channels(Handle from, Handle to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public void once(Random random) throws IOException, InterruptedException, Violation {
        Channel<Integer> channel = Channel.bounded(1 + random.nextInt(16));
        JoinHandle<Integer> received =
                to.spawn(channel.receiver().fold(0, (expected, item) -> item.equals(expected) ? expected + 1 : -1));
        Iterable<Integer> items = () -> IntStream.range(0, ITEMS).iterator();
        Wait.forValue(from.spawn(channel.sender()
                .sendAll(Streams.from(items))
                .onEnd(sent -> channel.sender().close())));
        int count = Wait.forValue(received);
        if (count != ITEMS) {
            throw new Violation("of " + ITEMS + " items " + count + " came in order");
        }
    }
}
