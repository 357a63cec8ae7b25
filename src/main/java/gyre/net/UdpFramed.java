package gyre.net;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Duplex;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.BufferWait;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Items over a {@link UdpSocket}, which is borrowed: each datagram is one.
 *
 * <p><b>The stream</b> never ends by itself. A datagram that its codec refuses, or that is longer than a buffer of the loop,
 * is a {@link DatagramException}, the failure of one item: poll again for the next.
 *
 * <p><b>The sink</b> sends an item at once if the socket takes it, else with the next flush; a further item goes after it.
 * What it throws is about one datagram, which is lost; it can be used on.
 *
 * <p><b>Unreachable peers.</b> That nobody listens at the port of a connected socket's peer is no failure here, unless
 * {@link #reportUnreachable} asks for it: datagrams are lost anyway, and the peer may come back.
 *
 * <p>Buffers are the loop's, taken for the call; one is held only while the socket refuses a datagram. Cancelling loses that
 * one.
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
public final class UdpFramed<I extends @Nullable Object, O extends @Nullable Object> implements Duplex<O, I> {
    private final UdpSocket socket;
    private final UdpCodec<I, O> codec;
    private final BufPool buffers;
    private final BufferWait toReceive = new BufferWait();
    private final BufferWait toSend = new BufferWait();
    private @Nullable Buf refused; // a datagram that the socket had no room for
    private @Nullable InetSocketAddress destination; // of that one
    private @Nullable Task receiving; // who polled the stream last
    private @Nullable PortUnreachableException report; // for the stream's next poll
    private boolean reporting;
    private long unreachable;

    UdpFramed(UdpSocket socket, UdpCodec<I, O> codec) {
        this.socket = socket;
        this.codec = Objects.requireNonNull(codec, "codec");
        this.buffers = socket.buffers();
    }

    /**
     * Whether it is a failed item of the stream when the network reports that nobody listens at the peer's port, met by a
     * receive or by a send; the datagram that was to be sent then is sent all the same. Off by default.
     */
    public UdpFramed<I, O> reportUnreachable(boolean report) {
        reporting = report;
        return this;
    }

    /** How often the network has reported that nobody listens at the peer's port; grows only. */
    public long unreachable() {
        return unreachable;
    }

    /** The socket, for options and to close it. */
    public UdpSocket socket() {
        return socket;
    }

    /** What turns datagrams into items. */
    public UdpCodec<I, O> codec() {
        return codec;
    }

    @Override
    public Poll<I> poll(Task task) throws IOException {
        receiving = task;
        throwReport();
        Buf buf = buffers.tryTake();
        if (buf == null) {
            if (socket.pollRead(task)) {
                toReceive.join(buffers, task);
            }
            return Poll.pending();
        }
        try {
            while (true) {
                try {
                    return socket.receive(task, buf) == NOT_READY ? Poll.pending() : Poll.ready(decode(buf));
                } catch (PortUnreachableException e) {
                    count(task);
                    if (reporting) {
                        throw e;
                    }
                }
            }
        } finally {
            buffers.release(buf);
        }
    }

    private I decode(Buf buf) throws DatagramException {
        InetSocketAddress sender = Objects.requireNonNull(socket.sender());
        int bytes = buf.readable();
        if (socket.truncated()) {
            throw new DatagramException(sender, bytes, "it was longer, the rest is lost for want of room", null);
        }
        try {
            return codec.decode(sender, buf);
        } catch (Exception e) {
            throw new DatagramException(sender, bytes, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public boolean startSend(Task task, O item) throws Exception {
        if (pollFlush(task).isPending()) {
            return false;
        }
        Buf buf = buffers.tryTake();
        if (buf == null) {
            toSend.join(buffers, task);
            return false;
        }
        refused = buf; // released, whatever happens
        try {
            destination = codec.encode(item, buf);
        } catch (Throwable e) {
            release(buf);
            throw e;
        }
        deliver(task, buf);
        return true;
    }

    @Override
    public Poll<Void> pollFlush(Task task) throws IOException {
        Buf buf = refused;
        return buf == null || deliver(task, buf) ? Poll.done() : Poll.pending();
    }

    /** Whether it is sent; if not, it stays. */
    private boolean deliver(Task task, Buf buf) throws IOException {
        while (true) {
            try {
                if (socket.transmit(task, buf, destination) == NOT_READY) {
                    return false;
                }
                release(buf);
                return true;
            } catch (PortUnreachableException e) { // about an earlier one, in place of this one
                count(task);
                if (reporting) {
                    reportToStream(e);
                }
            } catch (Throwable e) {
                release(buf);
                throw e;
            }
        }
    }

    private void release(Buf buf) {
        refused = null;
        destination = null;
        buffers.release(buf);
    }

    /** Charged, so that a storm of reports can't hold the loop. */
    private void count(Task task) {
        unreachable++;
        task.spend(1);
    }

    /** The selector may have nothing to tell any more, so who waits for items is woken here. */
    private void reportToStream(PortUnreachableException e) {
        report = e;
        if (receiving != null) {
            receiving.wake();
        }
    }

    private void throwReport() throws PortUnreachableException {
        PortUnreachableException e = report;
        if (e != null) {
            report = null;
            throw e;
        }
    }

    @Override
    public void cancel() {
        Buf buf = refused;
        if (buf != null) {
            release(buf);
        }
    }

    @Override
    public String toString() {
        return "UdpFramed[" + socket + "]";
    }
}
