package gyre.net;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.PacketSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A datagram socket, UDP or Unix: each send is one datagram and each receive too. One task may send while another one
 * receives.
 *
 * @param <A> its addresses
 */
public abstract sealed class DatagramIo<A extends SocketAddress> implements Closeable permits UdpSocket, UnixDatagram {
    final PollEvented<PacketSocket> evented;
    final PacketSocket socket;
    private final BufPool buffers;

    DatagramIo(PollEvented<PacketSocket> evented) {
        this.evented = evented;
        this.socket = evented.source();
        this.buffers = evented.handle().pinned().buffers();
    }

    /** A socket of this family, with these options, bound and registered. */
    static PollEvented<PacketSocket> bind(
            ProtocolFamily family, SocketAddress local, PendingOptions options, Handle handle) throws IOException {
        PacketSocket socket = handle.pinned().backend().packet(family);
        try {
            options.set(socket::option);
            socket.bind(local);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return PollEvented.register(socket, handle);
    }

    /**
     * Sends all that is readable as one datagram to the peer it is connected to.
     *
     * @return how many bytes it had, or {@code NOT_READY}: the task is kept, and nothing was sent
     * @throws IOException if it can't be sent, being too long for instance; the bytes are still readable
     */
    public final int send(Task task, Buf from) throws IOException {
        return transmit(task, from, null);
    }

    /**
     * Sends all that is readable as one datagram; answers as {@link #send}.
     *
     * @throws IllegalStateException if it is connected to another peer
     */
    public final int sendTo(Task task, Buf from, A to) throws IOException {
        return transmit(task, from, Objects.requireNonNull(to, "to"));
    }

    final int transmit(Task task, Buf from, @Nullable A to) throws IOException {
        if (!evented.pollWrite(task)) {
            return NOT_READY;
        }
        int wanted = from.readable();
        return sent(task, socket.send(from, to), wanted, to);
    }

    /** What a send of so many bytes has answered. */
    final int sent(Task task, int count, int wanted, @Nullable A to) throws IOException {
        if (count == NOT_READY) {
            refused(task, to);
            return count;
        }
        evented.didWrite(task, count, false);
        if (count != wanted) {
            throw new IOException("only " + count + " of a datagram's " + wanted + " bytes were sent: " + this);
        }
        return count;
    }

    /** A send was refused: keeps the task until another try is worth while. */
    void refused(Task task, @Nullable A to) {
        evented.needWrite(task);
    }

    /**
     * Appends the next datagram; {@link #sender} and {@link #truncated} tell more about it.
     *
     * @return how many bytes it had, as far as there was room, or {@code NOT_READY}: the task is kept
     * @throws IllegalArgumentException if there is no room at all; nothing is lost
     */
    public final int receive(Task task, Buf into) throws IOException {
        checkRoom(into);
        return evented.pollRead(task) ? received(task, socket.receive(into)) : NOT_READY;
    }

    static void checkRoom(Buf into) {
        if (into.writable() == 0) {
            throw new IllegalArgumentException("there is no room to receive into: " + into);
        }
    }

    /** What a receive has answered. */
    final int received(Task task, int count) {
        if (count == NOT_READY) {
            evented.needRead(task);
        } else {
            evented.didRead(task, count, false);
        }
        return count;
    }

    /** Who sent the datagram that was received last; null before the first, and if the sender has no name. */
    @SuppressWarnings("unchecked") // a socket hears only of addresses of its family
    public final @Nullable A sender() {
        return (A) socket.sender();
    }

    /** Whether the datagram that was received last was longer than its room; the rest is lost. */
    public final boolean truncated() {
        return socket.truncated();
    }

    /** Whether a receive is worth a try; if not, the task is kept. */
    public final boolean pollRead(Task task) throws IOException {
        return evented.pollRead(task);
    }

    /** Whether a send is worth a try; if not, the task is kept. */
    public final boolean pollWrite(Task task) throws IOException {
        return evented.pollWrite(task);
    }

    /** This end. */
    public abstract A localAddress() throws IOException;

    /** The peer it is connected to, or null. */
    @SuppressWarnings("unchecked") // as above
    public final @Nullable A remoteAddress() {
        return (A) socket.remoteAddress();
    }

    /** An option's value; null where the system chooses, as {@code IP_MULTICAST_IF}. */
    public final <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return socket.option(option);
    }

    /** The options that the backend has. */
    public final Set<SocketOption<?>> options() {
        return socket.options();
    }

    /** The loop's buffers: take one for a datagram and give it back, and an idle socket holds none. */
    public final BufPool buffers() {
        return buffers;
    }

    /** The number of its descriptor, as {@link EventedIo#descriptor}. */
    public final int descriptor() throws IOException {
        return socket.descriptor();
    }

    /** The loop that it lives on. */
    public final Handle handle() {
        return evented.handle();
    }

    /** Whether neither this nor the Core has been closed. */
    public final boolean isOpen() {
        return !evented.isClosed();
    }

    /** What was sent is on its way, what waits to be received is lost. From any thread, any number of times. */
    @Override
    public void close() throws IOException {
        evented.close();
    }
}
