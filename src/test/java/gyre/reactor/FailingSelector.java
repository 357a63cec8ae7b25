package gyre.reactor;

import gyre.sys.Selector;
import gyre.testing.ForwardingSelector;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** One whose select fails once when it is told to. */
final class FailingSelector extends ForwardingSelector {
    private final AtomicInteger due;
    private final IOException failure;

    FailingSelector(Selector real, AtomicInteger due, IOException failure) {
        super(real);
        this.due = due;
        this.failure = failure;
    }

    @Override
    public void select(long nanos) throws IOException {
        super.select(nanos);
        if (due.compareAndSet(1, 0)) {
            throw failure;
        }
    }
}
