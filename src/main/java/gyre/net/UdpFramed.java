package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Items over a {@link UdpSocket}, by the rules of {@link DatagramFramed}.
 *
 * <p><b>Unreachable peers.</b> That nobody listens at the port of a connected socket's peer is no failure here, unless
 * {@link #reportUnreachable} asks for it: datagrams are lost anyway, and the peer may come back.
 *
 * <p>A socket with {@link gyre.sys.NativeSocketOptions#UDP_GRO} on gives several datagrams as one: each of these fails here.
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
public final class UdpFramed<I extends @Nullable Object, O extends @Nullable Object>
        extends DatagramFramed<InetSocketAddress, I, O> {
    private final UdpSocket socket;
    private final UdpCodec<I, O> codec;
    private @Nullable Task receiving; // who polled the stream last
    private @Nullable PortUnreachableException report; // for the stream's next poll
    private boolean reporting;
    private long unreachable;

    UdpFramed(UdpSocket socket, UdpCodec<I, O> codec) {
        super(socket);
        this.socket = socket;
        this.codec = Objects.requireNonNull(codec, "codec");
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

    @Override
    public UdpSocket socket() {
        return socket;
    }

    /** What turns datagrams into items. */
    public UdpCodec<I, O> codec() {
        return codec;
    }

    @Override
    I decode(@Nullable InetSocketAddress sender, Buf from) throws Exception {
        if (socket.segmentSize() > 0) {
            throw new IOException("it is several in one: UDP_GRO is not for framed sockets");
        }
        return codec.decode(Objects.requireNonNull(sender), from);
    }

    @Override
    @Nullable InetSocketAddress encode(O item, Buf into) throws Exception {
        return codec.encode(item, into);
    }

    @Override
    public Poll<I> poll(Task task) throws IOException {
        receiving = task;
        throwReport();
        return super.poll(task);
    }

    @Override
    int receive(Task task, Buf into) throws IOException {
        while (true) {
            try {
                return super.receive(task, into);
            } catch (PortUnreachableException e) {
                count(task);
                if (reporting) {
                    throw e;
                }
            }
        }
    }

    @Override
    int transmit(Task task, Buf from, @Nullable InetSocketAddress to) throws IOException {
        while (true) {
            try {
                return super.transmit(task, from, to);
            } catch (PortUnreachableException e) { // about an earlier one, in place of this one
                count(task);
                if (reporting) {
                    reportToStream(e);
                }
            }
        }
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
}
