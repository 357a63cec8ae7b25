package gyre.testing;

import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;

/** Hands everything on; what differs is overridden. */
public abstract class ForwardingSelector implements Selector {
    protected final Selector real;

    protected ForwardingSelector(Selector real) {
        this.real = real;
    }

    /** What the real one knows of a source that was wrapped. */
    protected Source unwrap(Source source) {
        return source;
    }

    @Override
    public void register(Source source, Watcher watcher) throws IOException {
        real.register(unwrap(source), watcher);
    }

    @Override
    public void rearm(Source source, int bits) {
        real.rearm(unwrap(source), bits);
    }

    @Override
    public void deregister(Source source) throws IOException {
        real.deregister(unwrap(source));
    }

    @Override
    public int tells() {
        return real.tells();
    }

    @Override
    public boolean isEdgeTriggered() {
        return real.isEdgeTriggered();
    }

    @Override
    public void select(long nanos) throws IOException {
        real.select(nanos);
    }

    @Override
    public void wakeup() {
        real.wakeup();
    }

    @Override
    public boolean interrupted() {
        return real.interrupted();
    }

    @Override
    public long nanoTime() {
        return real.nanoTime();
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
