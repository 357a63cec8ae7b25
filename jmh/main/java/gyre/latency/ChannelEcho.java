package gyre.latency;

import gyre.channel.Channel;
import gyre.channel.ReceiverClosedException;
import gyre.future.Future;
import gyre.reactor.Blocking;
import gyre.reactor.BlockingIterator;
import gyre.reactor.Core;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A thread that sends back through one channel what it gets through another. */
final class ChannelEcho {
    private final Channel<Integer> in;
    private final BlockingIterator<Integer> answers;
    private final Thread thread;

    private ChannelEcho(Channel<Integer> in, Channel<Integer> out, Waiting waiting) {
        this.in = in;
        answers = Blocking.iterate(out.receiver());
        thread = new Thread(() -> run(waiting, in.receiver().forward(out.sender())), "channel-echo");
        thread.start();
    }

    /** The thread waits for its future. */
    static ChannelEcho onThread() {
        return new ChannelEcho(Channel.bounded(32), Channel.bounded(32), Blocking::block);
    }

    /** The thread runs a Core. */
    static ChannelEcho onCore() {
        return new ChannelEcho(Channel.unbounded(), Channel.unbounded(), echo -> {
            try (Core core = Core.open()) {
                core.run(echo);
            }
        });
    }

    Integer roundTrip() throws ReceiverClosedException {
        in.sender().trySend(1);
        return answers.next();
    }

    void close() throws InterruptedException {
        in.sender().close();
        thread.join();
    }

    private static void run(Waiting waiting, Future<Void> echo) {
        try {
            waiting.untilDone(echo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Waiting {
        void untilDone(Future<Void> echo) throws IOException, InterruptedException;
    }
}
