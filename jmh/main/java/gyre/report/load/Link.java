package gyre.report.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** One connection of the load: keeps what is owed to the server and due from it, and compares every byte. */
abstract class Link implements Closeable {
    /** Hears what becomes of each request. */
    interface Answers {
        /** @param due when its request was */
        void answered(Link link, long due);

        void lost(Link link);
    }

    private final SelectableChannel channel;
    private final SelectionKey key;
    final Due due = new Due();
    private boolean full;
    private long answers;

    Link(SelectableChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** One more request, which {@link #send} will send. */
    void ask(long time) {
        due.add(time);
        owe();
    }

    /** Sends what is owed, as far as the socket takes it; goes on with it when the socket is ready again. */
    final void send() throws IOException {
        boolean stuck = !flush();
        if (stuck != full) {
            full = stuck;
            key.interestOps(stuck ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    final void answered(Answers heard) {
        answers++;
        heard.answered(this, due.take());
    }

    final void lost(Answers heard) {
        due.take();
        heard.lost(this);
    }

    final long answers() {
        return answers;
    }

    final void forgetAnswers() {
        answers = 0;
    }

    abstract void owe();

    /** Whether all went. */
    abstract boolean flush() throws IOException;

    /** Takes what has come. */
    abstract void receive(Answers heard) throws IOException;

    /** Gives up what is under way, and tells how many that were; only what may lose them allows it. */
    abstract int abandon() throws IOException;

    @Override
    public final void close() throws IOException {
        channel.close();
    }
}
