package gyre.net;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.PacketSocket;
import gyre.sys.Source;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket. Each send is one datagram and each receive too; one of 0 bytes is one like any other. They may be lost,
 * doubled, or come in another order.
 *
 * <p>One task may send while another one receives. What the network reports about a peer is known only to a
 * {@linkplain #connect connected} socket: the next operation, whichever it is, fails with
 * {@link java.net.PortUnreachableException} or its like, once, and the socket goes on.
 *
 * <p>On the NIO backend a receive copies the datagram once more, so that none is cut unnoticed, and a connected socket can't
 * send a datagram of 0 bytes: {@link UnsupportedOperationException}.
 */
public final class UdpSocket implements Closeable {
    private final PollEvented<PacketSocket> evented;
    private final PacketSocket socket;
    private final BufPool buffers;

    UdpSocket(PollEvented<PacketSocket> evented) {
        this.evented = evented;
        this.socket = evented.source();
        this.buffers = evented.handle().pinned().buffers();
    }

    /**
     * Binds a socket. One of IPv6 speaks IPv4 too.
     *
     * @param local port 0 lets the system choose: see {@link #localAddress}
     * @throws java.net.BindException if it is in use or not allowed; the message names it
     * @throws java.net.UnknownHostException if it is unresolved
     * @throws IllegalStateException off the loop's thread
     */
    public static UdpSocket bind(InetSocketAddress local, Handle handle) throws IOException {
        return builder(handle).bind(local);
    }

    /** For options that have to be set before binding. */
    public static UdpSocketBuilder builder(Handle handle) {
        return new UdpSocketBuilder(handle);
    }

    /**
     * Adopts a UDP socket by its descriptor, which is duplicated and made non-blocking.
     *
     * @throws UnsupportedOperationException if the loop's backend has no descriptors
     * @throws IllegalArgumentException if it is not a UDP socket
     */
    public static UdpSocket fromDescriptor(int descriptor, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromDescriptor(descriptor), "descriptor " + descriptor, handle);
    }

    /**
     * Adopts a channel, which the result owns from then on; it is closed if this fails.
     *
     * @throws UnsupportedOperationException if the loop's backend can't watch channels: it stays open
     */
    public static UdpSocket fromChannel(DatagramChannel channel, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromChannel(channel), channel, handle);
    }

    private static UdpSocket adopt(Source source, Object what, Handle handle) throws IOException {
        if (source instanceof PacketSocket socket && socket.localAddress() instanceof InetSocketAddress) {
            return new UdpSocket(PollEvented.register(socket, handle));
        }
        source.close();
        throw new IllegalArgumentException("not a UDP socket: " + what);
    }

    /**
     * Fixes the peer, at once: {@link #send} goes to it, and only its datagrams are received; what others sent before is
     * dropped. Another call fixes another one.
     *
     * @throws IllegalArgumentException if it is of another family than the socket
     */
    public UdpSocket connect(InetSocketAddress remote) throws IOException {
        socket.connect(remote);
        return this;
    }

    /**
     * Sends all that is readable as one datagram to the peer it is connected to.
     *
     * @return how many bytes it had, or {@code NOT_READY}: the task is kept, and nothing was sent
     * @throws IOException if it can't be sent, being too long for instance; the bytes are still readable
     */
    public int send(Task task, Buf from) throws IOException {
        return transmit(task, from, null);
    }

    /**
     * Sends all that is readable as one datagram; answers as {@link #send}.
     *
     * @throws IllegalStateException if it is connected to another peer
     */
    public int sendTo(Task task, Buf from, InetSocketAddress to) throws IOException {
        return transmit(task, from, Objects.requireNonNull(to, "to"));
    }

    int transmit(Task task, Buf from, @Nullable InetSocketAddress to) throws IOException {
        if (!evented.pollWrite(task)) {
            return NOT_READY;
        }
        int wanted = from.readable();
        int count = socket.send(from, to);
        if (count == NOT_READY) {
            evented.needWrite(task);
            return count;
        }
        evented.didWrite(task, count, false);
        if (count != wanted) {
            throw new IOException("only " + count + " of a datagram's " + wanted + " bytes were sent: " + this);
        }
        return count;
    }

    /**
     * Appends the next datagram; {@link #sender} and {@link #truncated} tell more about it.
     *
     * @return how many bytes it had, as far as there was room, or {@code NOT_READY}: the task is kept
     * @throws IllegalArgumentException if there is no room at all; nothing is lost
     */
    public int receive(Task task, Buf into) throws IOException {
        if (into.writable() == 0) {
            throw new IllegalArgumentException("there is no room to receive into: " + into);
        }
        if (!evented.pollRead(task)) {
            return NOT_READY;
        }
        int count = socket.receive(into);
        if (count == NOT_READY) {
            evented.needRead(task);
        } else {
            evented.didRead(task, count, false);
        }
        return count;
    }

    /** Who sent the datagram that was received last; null before the first. */
    public @Nullable InetSocketAddress sender() {
        return (InetSocketAddress) socket.sender();
    }

    /** Whether the datagram that was received last was longer than its room; the rest is lost. */
    public boolean truncated() {
        return socket.truncated();
    }

    /** Whether a receive is worth a try; if not, the task is kept. */
    public boolean pollRead(Task task) throws IOException {
        return evented.pollRead(task);
    }

    /** Whether a send is worth a try; if not, the task is kept. */
    public boolean pollWrite(Task task) throws IOException {
        return evented.pollWrite(task);
    }

    /** Sends all that is readable to the peer it is connected to. Cancelling it sends nothing. */
    public Future<Datagram> sendDatagram(Buf from) {
        return Futures.pollFn(task -> sent(from, send(task, from), remoteAddress()));
    }

    /** Sends all that is readable as one datagram. Cancelling it sends nothing. */
    public Future<Datagram> sendDatagram(Buf from, InetSocketAddress to) {
        return Futures.pollFn(task -> sent(from, sendTo(task, from, to), to));
    }

    private Poll<Datagram> sent(Buf from, int count, @Nullable InetSocketAddress to) {
        return count == NOT_READY
                ? Poll.pending()
                : Poll.ready(new Datagram(this, from, count, Objects.requireNonNull(to), false));
    }

    /** Appends the next datagram to the buffer. Cancelling it loses none. */
    public Future<Datagram> receiveDatagram(Buf into) {
        return Futures.pollFn(task -> {
            int count = receive(task, into);
            return count == NOT_READY
                    ? Poll.pending()
                    : Poll.ready(new Datagram(this, into, count, Objects.requireNonNull(sender()), truncated()));
        });
    }

    /** Turns datagrams into items and back; the socket is borrowed. */
    public <I extends @Nullable Object, O extends @Nullable Object> UdpFramed<I, O> framed(UdpCodec<I, O> codec) {
        return new UdpFramed<>(this, codec);
    }

    /**
     * Hears what is sent to a group from now on. Only groups that a socket has joined itself are heard by it.
     *
     * @throws IllegalArgumentException if it is not a multicast address, or not of the socket's family
     * @throws IOException if it was joined already, or the interface can't
     */
    public void joinGroup(InetAddress group, NetworkInterface network) throws IOException {
        socket.join(group, network, null);
    }

    /** Like {@link #joinGroup(InetAddress, NetworkInterface)}, hearing only what that source sends; one call a source. */
    public void joinGroup(InetAddress group, NetworkInterface network, InetAddress source) throws IOException {
        socket.join(group, network, Objects.requireNonNull(source, "source"));
    }

    /** Undoes {@link #joinGroup(InetAddress, NetworkInterface)}; an {@link IOException} if it was not joined. */
    public void leaveGroup(InetAddress group, NetworkInterface network) throws IOException {
        socket.leave(group, network, null);
    }

    /** Undoes {@link #joinGroup(InetAddress, NetworkInterface, InetAddress)}; an {@link IOException} if it was not joined. */
    public void leaveGroup(InetAddress group, NetworkInterface network, InetAddress source) throws IOException {
        socket.leave(group, network, Objects.requireNonNull(source, "source"));
    }

    /** This end, with the port that the system chose. */
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) socket.localAddress();
    }

    /** The peer it is connected to, or null. */
    public @Nullable InetSocketAddress remoteAddress() {
        return (InetSocketAddress) socket.remoteAddress();
    }

    /** Sets an option of {@link #options}; errors as in {@link gyre.sys.StreamSocket#option(SocketOption, Object)}. */
    public <T> UdpSocket option(SocketOption<T> option, T value) throws IOException {
        socket.option(option, value);
        return this;
    }

    /** An option's value; null where the system chooses, as {@code IP_MULTICAST_IF}. */
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return socket.option(option);
    }

    /** The options that the backend has. */
    public Set<SocketOption<?>> options() {
        return socket.options();
    }

    /** The loop's buffers: take one for a datagram and give it back, and an idle socket holds none. */
    public BufPool buffers() {
        return buffers;
    }

    /** The loop that it lives on. */
    public Handle handle() {
        return evented.handle();
    }

    /** Whether neither this nor the Core has been closed. */
    public boolean isOpen() {
        return !evented.isClosed();
    }

    /** What was sent is on its way, what waits to be received is lost. From any thread, any number of times. */
    @Override
    public void close() throws IOException {
        evented.close();
    }

    @Override
    public String toString() {
        return "UdpSocket[" + socket + (isOpen() ? "]" : ", closed]");
    }
}
