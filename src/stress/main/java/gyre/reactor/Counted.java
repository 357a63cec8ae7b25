package gyre.reactor;

import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.Selector;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A backend for one loop, whose selector counts how often it goes to sleep and how often it is rung. */
final class Counted implements Backend, Selector {
    private final Backend backend;
    private final Selector selector;

    /** Written by the loop only. */
    volatile long sleeps;

    final AtomicLong rings = new AtomicLong();

    Counted(Backend backend) throws IOException {
        this.backend = backend;
        selector = backend.selector();
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public int rank() {
        return backend.rank();
    }

    @Override
    public @Nullable String unavailable() {
        return backend.unavailable();
    }

    @Override
    public Selector selector() {
        return this;
    }

    @Override
    public void select(long nanos) throws IOException {
        if (nanos != 0) {
            sleeps++;
        }
        selector.select(nanos);
    }

    @Override
    public void wakeup() {
        rings.getAndIncrement();
        selector.wakeup();
    }

    @Override
    public boolean interrupted() {
        return selector.interrupted();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    @Override
    public StreamSocket stream(ProtocolFamily family) throws IOException {
        return backend.stream(family);
    }

    @Override
    public ListenSocket listener(ProtocolFamily family) throws IOException {
        return backend.listener(family);
    }

    @Override
    public void register(Source source, Watcher watcher) throws IOException {
        selector.register(source, watcher);
    }

    @Override
    public void rearm(Source source, int bits) {
        selector.rearm(source, bits);
    }

    @Override
    public void deregister(Source source) throws IOException {
        selector.deregister(source);
    }
}
