package gyre.testing;

import gyre.sys.Backend;
import gyre.sys.Backends;
import gyre.sys.ListenSocket;
import gyre.sys.PacketSocket;
import gyre.sys.Selector;
import gyre.sys.SocketPair;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A backend as somebody else might write it, around the best that works here: it does whatever the contract allows and no
 * sensible one does. Its selectors tell late, twice, and what is not so; its sockets read and write short, and say now and
 * then that they are not ready when they are. The property {@code gyre.test.seed} chooses the accidents.
 */
public final class ErraticBackend implements Backend {
    private final long seed;
    private final AtomicLong selectors = new AtomicLong();
    private volatile Backend real;

    /** For {@link java.util.ServiceLoader}. */
    public ErraticBackend() {
        this(Long.getLong("gyre.test.seed", 1));
    }

    public ErraticBackend(long seed) {
        this.seed = seed;
    }

    /** Not before it is needed: who looks for it finds this one too, and makes another. */
    private Backend real() {
        if (real == null) {
            real = Backends.all().stream()
                    .filter(other -> !(other instanceof ErraticBackend) && other.unavailable() == null)
                    .findFirst()
                    .orElseThrow(() -> new UnsupportedOperationException("no other backend can be used here"));
        }
        return real;
    }

    @Override
    public String name() {
        return "erratic";
    }

    /** Nobody is to get it without asking. */
    @Override
    public int rank() {
        return -100;
    }

    @Override
    public String unavailable() {
        try {
            return real().name().equals("nio")
                    ? "it is made for what reads descriptors, and only nio works here"
                    : null;
        } catch (UnsupportedOperationException e) {
            return e.getMessage();
        }
    }

    @Override
    public Selector selector() throws IOException {
        return new ErraticSelector(real().selector(), seed * 1_000_003 + selectors.incrementAndGet());
    }

    @Override
    public StreamSocket stream(ProtocolFamily family) throws IOException {
        return ErraticSource.around(real().stream(family));
    }

    @Override
    public ListenSocket listener(ProtocolFamily family) throws IOException {
        return ErraticSource.around(real().listener(family));
    }

    @Override
    public PacketSocket packet(ProtocolFamily family) throws IOException {
        return ErraticSource.around(real().packet(family));
    }

    @Override
    public SocketPair<StreamSocket> streamPair() throws IOException {
        SocketPair<StreamSocket> pair = real().streamPair();
        return new SocketPair<>(ErraticSource.around(pair.first()), ErraticSource.around(pair.second()));
    }

    @Override
    public SocketPair<PacketSocket> packetPair() throws IOException {
        SocketPair<PacketSocket> pair = real().packetPair();
        return new SocketPair<>(ErraticSource.around(pair.first()), ErraticSource.around(pair.second()));
    }

    @Override
    public Source fromDescriptor(int descriptor) throws IOException {
        return ErraticSource.around(real().fromDescriptor(descriptor));
    }

    @Override
    public Source fromChannel(SelectableChannel channel) throws IOException {
        return ErraticSource.around(real().fromChannel(channel));
    }

    @Override
    public Source watch(SelectableChannel channel) throws IOException {
        return real().watch(channel);
    }

    /** For the names of tests. */
    String seed() {
        return ", seed " + seed;
    }
}
