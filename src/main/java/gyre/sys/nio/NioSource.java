package gyre.sys.nio;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import gyre.sys.Ready;
import gyre.sys.Selector.Watcher;
import gyre.sys.Source;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * A channel and its registration. It is the attachment of its own key, so an event finds it without a map.
 *
 * <p>{@code interest} is what the key was last told; {@code watcher} is null unless registered; {@code due} are bits to be
 * told at the next select whatever the kernel says, and not 0 exactly while the selector's list holds this source.
 */
abstract class NioSource implements Source {
    private final SelectableChannel channel;
    private final int valid;
    private @Nullable SelectionKey key;
    private int interest;
    private boolean closed;

    @Nullable Watcher watcher;

    int due;

    NioSource(SelectableChannel channel) throws IOException {
        this.channel = channel;
        this.valid = channel.validOps();
        channel.configureBlocking(false);
    }

    /** Whether a connect is under way. */
    boolean connecting() {
        return false;
    }

    /** Whether a read has an answer of which the kernel knows nothing. */
    boolean holdsBytes() {
        return false;
    }

    void register(java.nio.channels.Selector selector) throws IOException {
        interest = operations(connecting() ? Ready.WRITE : Ready.READ);
        key = channel.register(selector, interest, this);
    }

    void deregister() {
        watcher = null;
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    boolean writable() {
        return (valid & OP_WRITE) != 0 && !connecting();
    }

    /**
     * The operations of the key that tell these bits now. While a connect is under way nothing tells READ: java.nio swallows
     * the event without clearing it, and the selector would spin; {@link NioStream#finishConnect} sets OP_READ.
     */
    int operations(int bits) {
        int operations = 0;
        if ((bits & Ready.READ) != 0 && !connecting()) {
            operations |= OP_READ | OP_ACCEPT;
        }
        if ((bits & Ready.WRITE) != 0) {
            operations |= connecting() ? OP_CONNECT : OP_WRITE;
        }
        return operations & valid;
    }

    /** The bits that these operations of the key tell. */
    int bits(int operations) {
        return ((operations & (OP_READ | OP_ACCEPT)) != 0 ? Ready.READ : 0)
                | ((operations & (OP_WRITE | OP_CONNECT)) != 0 ? Ready.WRITE : 0);
    }

    /** Looks for these operations as well; false if the channel is closed and nothing will ever be told. */
    boolean arm(int operations) {
        return interest(interest | operations);
    }

    void disarm(int operations) {
        interest(interest & ~operations);
    }

    boolean armed(int operation) {
        return (interest & operation) != 0;
    }

    private boolean interest(int operations) {
        SelectionKey current = key;
        if (operations != interest && current != null) {
            try {
                current.interestOps(operations);
                interest = operations;
            } catch (CancelledKeyException e) {
                // Closed by java.nio after a failed connect, or by whoever kept an adopted channel: the next operation
                // says so.
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            channel.close();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
