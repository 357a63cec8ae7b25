package gyre.net;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Duplex;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.BufferWait;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Items over a {@link DatagramIo}, which is borrowed: each datagram is one.
 *
 * <p><b>The stream</b> never ends by itself. A datagram that its codec refuses, or that is longer than a buffer of the loop,
 * is a {@link DatagramException}, the failure of one item: poll again for the next.
 *
 * <p><b>The sink</b> sends an item at once if the socket takes it, else with the next flush; a further item goes after it.
 * What it throws is about one datagram, which is lost; it can be used on. That one which had to wait has failed is said by
 * the next flush.
 *
 * <p>Buffers are the loop's, taken for the call; one is held only while the socket refuses a datagram. Cancelling loses that
 * one.
 *
 * @param <A> the socket's addresses
 * @param <I> what comes in
 * @param <O> what goes out
 */
public abstract sealed class DatagramFramed<
                A extends SocketAddress, I extends @Nullable Object, O extends @Nullable Object>
        implements Duplex<O, I> permits UdpFramed, UnixDatagramFramed {
    private final DatagramIo<A> io;
    private final BufPool buffers;
    private final BufferWait toReceive = new BufferWait();
    private final BufferWait toSend = new BufferWait();
    private @Nullable Buf refused; // a datagram that the socket had no room for
    private @Nullable A destination; // of that one
    private @Nullable IOException failure; // of one that waited, for the next flush

    DatagramFramed(DatagramIo<A> io) {
        this.io = io;
        this.buffers = io.buffers();
    }

    /** The socket, for options and to close it. */
    public abstract DatagramIo<A> socket();

    abstract I decode(@Nullable A sender, Buf from) throws Exception;

    abstract @Nullable A encode(O item, Buf into) throws Exception;

    int receive(Task task, Buf into) throws IOException {
        return io.receive(task, into);
    }

    int transmit(Task task, Buf from, @Nullable A to) throws IOException {
        return io.transmit(task, from, to);
    }

    @Override
    public Poll<I> poll(Task task) throws IOException {
        Buf buf = buffers.tryTake();
        if (buf == null) {
            if (io.pollRead(task)) {
                toReceive.join(buffers, task);
            }
            return Poll.pending();
        }
        try {
            return receive(task, buf) == NOT_READY ? Poll.pending() : Poll.ready(item(buf));
        } finally {
            buffers.release(buf);
        }
    }

    private I item(Buf buf) throws DatagramException {
        A sender = io.sender();
        int bytes = buf.readable();
        if (io.truncated()) {
            throw new DatagramException(sender, bytes, "it was longer, the rest is lost for want of room", null);
        }
        try {
            return decode(sender, buf);
        } catch (Exception e) {
            throw new DatagramException(sender, bytes, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public final boolean startSend(Task task, O item) throws Exception {
        Buf waiting = refused;
        if (waiting != null) {
            try {
                if (!deliver(task, waiting)) {
                    return false;
                }
            } catch (IOException e) {
                failure = e; // not this item's
            }
        }
        Buf buf = buffers.tryTake();
        if (buf == null) {
            toSend.join(buffers, task);
            return false;
        }
        refused = buf; // released, whatever happens
        try {
            destination = encode(item, buf);
        } catch (Throwable e) {
            release(buf);
            throw e;
        }
        deliver(task, buf);
        return true;
    }

    @Override
    public final Poll<Void> pollFlush(Task task) throws IOException {
        IOException failed = failure;
        if (failed != null) {
            failure = null;
            throw failed;
        }
        Buf buf = refused;
        return buf == null || deliver(task, buf) ? Poll.done() : Poll.pending();
    }

    /** Whether it is sent; if not, it stays. */
    private boolean deliver(Task task, Buf buf) throws IOException {
        try {
            if (transmit(task, buf, destination) == NOT_READY) {
                refused = buffers.keep(buf);
                return false;
            }
        } catch (Throwable e) {
            release(buf);
            throw e;
        }
        release(buf);
        return true;
    }

    private void release(Buf buf) {
        refused = null;
        destination = null;
        buffers.release(buf);
    }

    @Override
    public final void cancel() {
        Buf buf = refused;
        if (buf != null) {
            release(buf);
        }
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + io + "]";
    }
}
