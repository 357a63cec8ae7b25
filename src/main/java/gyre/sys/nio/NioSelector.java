package gyre.sys.nio;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import gyre.sys.ListenSocket;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Watches channels through one {@link java.nio.channels.Selector}.
 *
 * <p>{@code bell} is set from {@link #wakeup} until the select that it ended. It outlives the wake-up of java.nio, which any
 * select there uses up: {@link #deregister} does one, and an early or spurious return must be told from a real one.
 */
final class NioSelector implements Selector {
    private static final int READS = OP_READ | OP_ACCEPT;
    private static final int WRITES = OP_WRITE | OP_CONNECT;
    private static final Consumer<SelectionKey> IGNORE = key -> {};
    private static final int MOST_EXTRA = 16;

    private final java.nio.channels.Selector selector;
    private final Consumer<SelectionKey> dispatch = this::dispatch;
    private final ArrayDeque<NioSource> due = new ArrayDeque<>();
    private final AtomicBoolean bell = new AtomicBoolean();
    private boolean selecting;
    private int extra; // selects since the last one of the loop
    private boolean interrupted;

    NioSelector(java.nio.channels.Selector selector) {
        this.selector = selector;
    }

    @Override
    public void register(Source source, Watcher watcher) throws IOException {
        if (!(source instanceof NioSource nio)) {
            throw new IllegalArgumentException("the nio backend can't watch a source of another one: " + source);
        }
        if (nio.watcher != null) {
            throw new IllegalStateException("a source is registered once: " + source);
        }
        try {
            nio.register(selector);
        } catch (CancelledKeyException e) { // a former key of its still waits for a select
            selectExtra();
            nio.register(selector);
        }
        nio.watcher = watcher;
        // What an edge-triggered queue tells about a fresh socket, at no call to the system.
        tell(nio, (nio.writable() ? Ready.WRITE : 0) | (nio.holdsBytes() ? Ready.READ : 0));
    }

    @Override
    public void rearm(Source source, int bits) {
        NioSource nio = (NioSource) source;
        if (!nio.arm(nio.operations(bits)) || (bits & Ready.READ) != 0 && nio.holdsBytes()) {
            tell(nio, bits);
        }
    }

    /**
     * A cancelled key keeps its channel's descriptor open until the next select, even after the channel's close. So one
     * happens here: a listener's port is free and a peer hears of the end as soon as close returns. It looks at whatever is
     * ready, so when very many are closed at once the rest waits for the loop's own: 15,000 took five seconds of CPU.
     */
    @Override
    public void deregister(Source source) throws IOException {
        NioSource nio = (NioSource) source;
        nio.deregister();
        if (nio.due != 0) {
            nio.due = 0;
            due.remove(nio);
        }
        if (!selecting && (extra < MOST_EXTRA || source instanceof ListenSocket)) {
            selectExtra();
        }
    }

    private void selectExtra() throws IOException {
        extra++;
        if (selector.isOpen()) {
            selector.selectNow(IGNORE);
        }
    }

    @Override
    public void select(long nanos) throws IOException {
        selecting = true;
        extra = 0;
        try {
            if (nanos == 0 || !due.isEmpty()) {
                selector.selectNow(dispatch);
            } else {
                await(nanos);
            }
            tellDue();
        } finally {
            selecting = false;
            if (bell.getPlain()) {
                // Acquires what was published before the wake-up.
                bell.getAndSet(false);
            }
        }
    }

    /** Those that are there now: a watcher may cause more. */
    private void tellDue() {
        for (int left = due.size(); left > 0 && !due.isEmpty(); left--) {
            NioSource source = due.remove();
            int bits = source.due;
            source.due = 0;
            if (source.watcher != null) {
                source.watcher.ready(bits);
            }
        }
    }

    /** Goes on waiting where java.nio returned for nothing: a stale wake-up, an interrupt, a millisecond that was short. */
    private void await(long nanos) throws IOException {
        boolean timed = nanos > 0;
        long deadline = timed ? System.nanoTime() + nanos : 0;
        long left = nanos;
        while (!bell.get()) {
            swallowInterrupt();
            int told = selector.select(dispatch, timed ? (left - 1) / 1_000_000 + 1 : 0);
            if (told > 0) {
                break;
            }
            if (timed) {
                left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
            }
        }
        swallowInterrupt();
    }

    private void swallowInterrupt() {
        if (Thread.interrupted()) {
            interrupted = true;
        }
    }

    private void dispatch(SelectionKey key) {
        NioSource source = (NioSource) key.attachment();
        if (source.watcher == null) {
            return;
        }
        int operations;
        try {
            operations = key.readyOps();
        } catch (CancelledKeyException e) {
            return;
        }
        int idle = source.watcher.ready(source.bits(operations));
        source.disarm(operations & ((idle & Ready.READ) != 0 ? READS | WRITES : WRITES));
    }

    private void tell(NioSource source, int bits) {
        if (source.due == 0 && bits != 0) {
            due.add(source);
        }
        source.due |= bits;
    }

    @Override
    public void wakeup() {
        bell.set(true);
        selector.wakeup();
    }

    @Override
    public boolean interrupted() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    @Override
    public void close() throws IOException {
        due.forEach(source -> source.due = 0);
        due.clear();
        selector.close();
    }
}
