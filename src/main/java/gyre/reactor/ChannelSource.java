package gyre.reactor;

import gyre.sys.Registry;
import gyre.sys.Source;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel of {@code java.nio}, or of a library that brings its own, as a source: see {@link PollEvented#fromChannel}.
 *
 * @param <C> the channel's type
 */
public final class ChannelSource<C extends SelectableChannel> implements Source {
    private final C channel;

    /** Who watches, and what stands for the channel there; null while nobody does. */
    @Nullable Registry watching;

    @Nullable Source watched;

    ChannelSource(C channel) {
        this.channel = channel;
    }

    /** The channel, for its own operations; it is non-blocking. */
    public C channel() {
        return channel;
    }

    /** Closes the channel. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Whether neither this nor anybody else has closed the channel. */
    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
