package gyre.reactor;

import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** One whose select fails once when it is told to. */
record FailingSelector(Selector real, AtomicInteger due, IOException failure) implements Selector {
    @Override
    public void register(Source source, Watcher watcher) throws IOException {
        real.register(source, watcher);
    }

    @Override
    public void rearm(Source source, int bits) {
        real.rearm(source, bits);
    }

    @Override
    public void deregister(Source source) throws IOException {
        real.deregister(source);
    }

    @Override
    public void select(long nanos) throws IOException {
        real.select(nanos);
        if (due.compareAndSet(1, 0)) {
            throw failure;
        }
    }

    @Override
    public void wakeup() {
        real.wakeup();
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
