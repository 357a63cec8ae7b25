package gyre.net;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.PacketSocket;
import gyre.sys.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
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
public final class UdpSocket extends DatagramIo<InetSocketAddress> {
    UdpSocket(PollEvented<PacketSocket> evented) {
        super(evented);
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
     * @throws IllegalStateException off the loop's thread: it stays open
     */
    public static UdpSocket fromChannel(DatagramChannel channel, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromChannel(channel), channel, handle);
    }

    private static UdpSocket adopt(Source source, Object what, Handle handle) throws IOException {
        return new UdpSocket(Adoption.register(
                source,
                PacketSocket.class,
                socket -> socket.localAddress() instanceof InetSocketAddress,
                "a UDP socket",
                what,
                handle));
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

    /**
     * Sends what is readable to the peer it is connected to, as datagrams of one length, the last one perhaps shorter. Linux
     * takes up to 64 with one call, for about a seventh of the work of sending each; elsewhere they are sent one by one.
     *
     * @param segment how long each is, at least 1; longer than the route's MTU it gains nothing
     * @return bytes of the datagrams that were sent and consumed, perhaps not all of them, 0 only if nothing was readable; or
     *     {@code NOT_READY}: the task is kept, and nothing was sent
     * @throws IOException if one can't be sent; those in front of it have been consumed
     */
    public int sendSegments(Task task, Buf from, int segment) throws IOException {
        return segments(task, from, segment, null);
    }

    /** Like {@link #sendSegments}, to that peer; an {@link IllegalStateException} if it is connected to another one. */
    public int sendSegmentsTo(Task task, Buf from, int segment, InetSocketAddress to) throws IOException {
        return segments(task, from, segment, Objects.requireNonNull(to, "to"));
    }

    private int segments(Task task, Buf from, int segment, @Nullable InetSocketAddress to) throws IOException {
        if (!evented.pollWrite(task)) {
            return NOT_READY;
        }
        int count = socket.sendSegments(from, segment, to);
        if (count == NOT_READY) {
            refused(task, to);
        } else {
            evented.didWrite(task, count, false);
            task.spend(count / segment);
        }
        return count;
    }

    /**
     * How long each of the datagrams was that the last receive gave as one, the last one perhaps shorter; 0 if it gave one, as
     * always unless {@link gyre.sys.NativeSocketOptions#UDP_GRO} is on.
     */
    public int segmentSize() {
        return socket.segmentSize();
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
    @Override
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) socket.localAddress();
    }

    /** Sets an option of {@link #options}; errors as in {@link gyre.sys.StreamSocket#option(SocketOption, Object)}. */
    public <T> UdpSocket option(SocketOption<T> option, T value) throws IOException {
        socket.option(option, value);
        return this;
    }

    @Override
    public String toString() {
        return "UdpSocket[" + socket + (isOpen() ? "]" : ", closed]");
    }
}
