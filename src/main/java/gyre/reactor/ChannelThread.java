package gyre.reactor;

import gyre.sys.Registry;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches channels for a loop whose backend can't: a daemon thread that waits in a selector of {@code java.nio}. It touches
 * nothing of the loop; it wakes a task, which runs there. A channel costs a hand-over each way, and a turn more.
 *
 * <p><b>Ordering.</b> {@code asking} is a stack that the loop pushes to and the thread takes whole. The push comes before the
 * ring, and {@code java.nio} keeps a ring for the next select; the thread takes after each select. So no push is left over,
 * and only the first push onto an empty stack has to ring. {@code closed} is written before the selector is closed.
 */
final class ChannelThread implements Registry, Runnable {
    private static final Consumer<SelectionKey> TELL = key -> ((ChannelKey) key.attachment()).ready(key);

    private final Loop loop;
    final java.nio.channels.Selector selector;
    private final AtomicReference<@Nullable ChannelKey> asking = new AtomicReference<>();
    private volatile boolean closed;

    private ChannelThread(Loop loop, java.nio.channels.Selector selector) {
        this.loop = loop;
        this.selector = selector;
    }

    static ChannelThread start(Loop loop) throws IOException {
        ChannelThread watcher = new ChannelThread(loop, java.nio.channels.Selector.open());
        // Without the opener's thread-locals, which it would keep alive.
        Thread thread = new Thread(null, watcher, "gyre channels of loop " + loop.id, 0, false);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (Throwable e) { // no memory for one more
            watcher.selector.close();
            throw e;
        }
        return watcher;
    }

    @Override
    public void register(Source source, Selector.Watcher watcher) {
        ChannelKey key = (ChannelKey) source;
        if (key.channel.provider() != selector.provider()) {
            throw new IllegalArgumentException(
                    "the JDK's selector can't watch a channel of another provider: " + key.channel);
        }
        key.watch(watcher);
    }

    @Override
    public void rearm(Source source, int bits) {
        ChannelKey key = (ChannelKey) source;
        if (key.ask(bits)) {
            push(key);
        }
    }

    /** The channel's descriptor, if it is closed, is free once the thread has let go of it: soon. */
    @Override
    public void deregister(Source source) {
        ChannelKey key = (ChannelKey) source;
        if (key.forget()) {
            push(key);
        }
    }

    private void push(ChannelKey key) {
        ChannelKey top;
        do {
            top = asking.get();
            key.next = top;
        } while (!asking.compareAndSet(top, key));
        if (top == null) {
            selector.wakeup();
        }
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                Thread.interrupted(); // a flag that is set would keep select from waiting
                selector.select(TELL);
                ChannelKey key = asking.getAndSet(null);
                while (key != null) {
                    ChannelKey after = key.next;
                    key.next = null;
                    key.serve(selector); // from here on the loop may push it again
                    key = after;
                }
            }
        } catch (ClosedSelectorException e) {
            if (!closed) {
                failed(e);
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void failed(Throwable e) {
        try {
            selector.close();
        } catch (IOException also) {
            e.addSuppressed(also);
        }
        try {
            loop.handle.execute(() -> loop.channels().failed(e));
        } catch (RejectedExecutionException gone) {
            return; // with the loop
        }
    }

    /** Ends the thread; when this returns, the selector's descriptors are closed, and those of the channels that are. */
    void close() throws IOException {
        closed = true;
        selector.close();
    }
}
