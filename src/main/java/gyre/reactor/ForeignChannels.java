package gyre.reactor;

import gyre.sys.Registry;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ChannelSource}s that a loop watches: through its backend where that can, else through a thread. Their owners
 * may close them, and no selector tells that: so they are looked at from time to time, and closed here too.
 */
final class ForeignChannels extends TimerNode implements Registry {
    private static final long LOOK_NANOS = 100_000_000;

    private final Loop loop;
    private final Map<SelectableChannel, PollEvented<?>> open = new IdentityHashMap<>();
    private @Nullable ChannelThread thread;

    ForeignChannels(Loop loop) {
        this.loop = loop;
    }

    @Override
    public void register(Source source, Selector.Watcher watcher) throws IOException {
        ChannelSource<?> foreign = (ChannelSource<?>) source;
        SelectableChannel channel = foreign.channel();
        if (open.containsKey(channel)) {
            throw new IllegalStateException("a channel is watched once: " + channel);
        }
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        Source watched = loop.backend.watch(channel);
        Registry watching = loop.selector();
        if (watched == null) {
            watched = new ChannelKey(channel, loop);
            watching = thread();
        }
        watching.register(watched, watcher);
        foreign.watching = watching;
        foreign.watched = watched;
        open.put(channel, (PollEvented<?>) watcher);
        lookLater();
    }

    private ChannelThread thread() throws IOException {
        ChannelThread running = thread;
        if (running == null) {
            running = ChannelThread.start(loop);
            thread = running;
        }
        return running;
    }

    @Override
    public void rearm(Source source, int bits) {
        ChannelSource<?> foreign = (ChannelSource<?>) source;
        if (foreign.watching != null && foreign.watched != null) {
            foreign.watching.rearm(foreign.watched, bits);
        }
    }

    @Override
    public void deregister(Source source) throws IOException {
        ChannelSource<?> foreign = (ChannelSource<?>) source;
        open.remove(foreign.channel());
        if (foreign.watching != null && foreign.watched != null) {
            foreign.watching.deregister(foreign.watched);
            foreign.watching = null;
            foreign.watched = null;
        }
    }

    /** Closes those whose channel is closed; their waiters are woken. */
    @Override
    void fire() {
        for (PollEvented<?> evented : open.values().toArray(new PollEvented<?>[0])) {
            if (!evented.source().isOpen()) {
                evented.closeLater();
            }
        }
        lookLater();
    }

    private void lookLater() {
        if (slot < 0 && !open.isEmpty()) {
            deadline = Times.deadline(loop.now(), LOOK_NANOS);
            loop.add(this);
        }
    }

    /** The thread has ended by itself: nothing that it watched would be told any more. A later channel gets a new one. */
    void failed(Throwable e) {
        thread = null;
        loop.uncaught(e);
        for (PollEvented<?> evented : open.values().toArray(new PollEvented<?>[0])) {
            evented.closeLater();
        }
    }

    /** Ends the thread. */
    void close() throws IOException {
        if (thread != null) {
            thread.close();
        }
    }
}
