package gyre.reactor;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A channel that {@link ChannelThread} watches for a loop, and the task by which the loop hears of it.
 *
 * <p><b>Ordering.</b> A word goes each way: {@code asked} from the loop, {@code told} from the thread. Bits are added and all
 * taken by read-modify-writes, full fences; the thread is rung, the task woken, after the bits were added. So whoever is
 * called finds them, or they were taken before, by a look that saw all that came before them. The thread asks the system
 * for a bit after it took it from {@code asked}, and no more once it was told: an operation that found nothing before it
 * asked is told of everything since.
 */
final class ChannelKey implements Source, Future<Void> {
    /** No bit of {@link Ready}: asks only for the next look at the selector, which lets go of a key that was cancelled. */
    private static final int LOOK = 1 << 30;

    private static final IntBinaryOperator OR = (a, b) -> a | b;

    final SelectableChannel channel;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();

    /** Its neighbour on the thread's stack: written by the loop before the push, by the thread once it has taken the stack. */
    @Nullable ChannelKey next;

    /** The loop's. */
    private final SpawnedTask<Void> delivery;

    private Selector.@Nullable Watcher watcher;

    /** Guarded by this: the thread makes it, the loop cancels it, and none is made after that. */
    private @Nullable SelectionKey key;

    private boolean forgotten;

    ChannelKey(SelectableChannel channel, Loop loop) throws IOException {
        this.channel = channel;
        this.delivery = SpawnedTask.internal(loop, this);
        channel.configureBlocking(false);
    }

    // --- loop thread

    void watch(Selector.Watcher by) {
        watcher = by;
        delivery.wake();
    }

    /** Whether the thread has to be told: it has nothing of this key to take yet. */
    boolean ask(int bits) {
        return asked.getAndAccumulate(bits, OR) == 0;
    }

    /** From now on the channel may block again; as {@link #ask}. */
    boolean forget() {
        watcher = null;
        delivery.wake();
        synchronized (this) {
            forgotten = true;
            if (key != null) {
                key.cancel();
            }
        }
        return ask(LOOK);
    }

    @Override
    public Poll<Void> poll(Task task) {
        int bits = told.getAndSet(0);
        if (watcher == null) {
            return Poll.done();
        }
        if (bits != 0) {
            watcher.ready(bits);
        }
        return Poll.pending();
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    // --- the thread

    /** Does what was asked. */
    void serve(java.nio.channels.Selector selector) throws IOException {
        int bits = asked.getAndSet(0);
        try {
            SelectionKey registered = register(selector);
            if (registered != null) {
                registered.interestOps(registered.interestOps() | operations(bits));
            }
        } catch (ClosedChannelException | CancelledKeyException | IllegalBlockingModeException e) {
            tell(Ready.READ | Ready.WRITE); // the next operation says so
        }
    }

    private synchronized @Nullable SelectionKey register(java.nio.channels.Selector selector) throws IOException {
        if (forgotten) {
            return null;
        }
        if (key == null) {
            try {
                key = channel.register(selector, 0, this);
            } catch (CancelledKeyException e) { // an earlier registration, which a look at the selector removes
                selector.selectNow(ignored -> {});
                selector.wakeup(); // which has taken a ring that came meanwhile
                key = channel.register(selector, 0, this);
            }
        }
        return key;
    }

    private int operations(int bits) {
        int operations;
        if (channel instanceof SocketChannel socket && socket.isConnectionPending()) {
            // Until it is finished java.nio tells OP_CONNECT only, and afterwards, which the loop may do now, the
            // others.
            operations = OP_CONNECT | OP_READ | OP_WRITE;
        } else {
            operations =
                    ((bits & Ready.READ) != 0 ? OP_READ | OP_ACCEPT : 0) | ((bits & Ready.WRITE) != 0 ? OP_WRITE : 0);
        }
        return operations & channel.validOps();
    }

    /** Tells once: the loop asks again. */
    void ready(SelectionKey selected) {
        int bits = Ready.READ | Ready.WRITE;
        try {
            int operations = selected.readyOps();
            int interest = selected.interestOps();
            boolean connect = (interest & OP_CONNECT) != 0;
            selected.interestOps(connect ? 0 : interest & ~operations);
            if (!connect) {
                bits = ((operations & (OP_READ | OP_ACCEPT)) != 0 ? Ready.READ : 0)
                        | ((operations & OP_WRITE) != 0 ? Ready.WRITE : 0);
            }
        } catch (CancelledKeyException e) {
            tell(bits); // closed meanwhile, as the next operation says
            return;
        }
        tell(bits);
    }

    private void tell(int bits) {
        told.accumulateAndGet(bits, OR);
        delivery.wake();
    }
}
