package gyre.net;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.Descriptor;
import gyre.sys.PacketSocket;
import gyre.sys.SocketPair;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Unix datagram socket: datagrams arrive whole, in order, and none is lost, since a send waits while the receiver's queue
 * is full. Addresses are {@link java.net.UnixDomainSocketAddress} or {@link gyre.sys.UnixNameAddress}; who has none is heard
 * as null. Its file is deleted when it closes, as a {@link UnixListener}'s. Ported from tokio-uds.
 *
 * <p>The system tells when a connected peer's queue has room again; of another one's it tells only where this socket's own
 * datagrams are in it. So a {@link #sendTo} that is refused tries again each millisecond.
 *
 * <p>The NIO backend has none, since the JDK has none: making one is an {@link UnsupportedOperationException}.
 */
public final class UnixDatagram extends DatagramIo<SocketAddress> {
    private static final Duration RETRY = Duration.ofMillis(1);

    private final Set<Task> retrying = new LinkedHashSet<>(); // a timer runs exactly while there are some

    UnixDatagram(PollEvented<PacketSocket> evented) {
        super(evented);
    }

    /** Binds to a path; see {@link #bind(SocketAddress, Handle)}. */
    public static UnixDatagram bind(Path path, Handle handle) throws IOException {
        return builder(handle).bind(path);
    }

    /**
     * Binds; arguments and errors are those of {@link UnixListener#bind(SocketAddress, Handle)}.
     *
     * @throws java.net.BindException if it can't be bound; the message says what is in the way or missing
     * @throws IllegalStateException off the loop's thread
     */
    public static UnixDatagram bind(SocketAddress local, Handle handle) throws IOException {
        return builder(handle).bind(local);
    }

    /** For options that have to be set before binding, and for what is done with the file. */
    public static UnixDatagramBuilder builder(Handle handle) {
        return new UnixDatagramBuilder(handle);
    }

    /** One without a name: it can send, and nobody can send to it until it is connected by {@link #pair}. */
    public static UnixDatagram unbound(Handle handle) throws IOException {
        return new UnixDatagram(
                PollEvented.register(handle.pinned().backend().packet(StandardProtocolFamily.UNIX), handle));
    }

    /** Two without names, connected to each other, both on this loop. */
    public static SocketPair<UnixDatagram> pair(Handle handle) throws IOException {
        SocketPair<PollEvented<PacketSocket>> pair =
                EventedPair.register(handle.pinned().backend().packetPair(), handle);
        return new SocketPair<>(new UnixDatagram(pair.first()), new UnixDatagram(pair.second()));
    }

    /**
     * Adopts a Unix datagram socket by its descriptor, which is duplicated and made non-blocking. Its file stays.
     *
     * @throws UnsupportedOperationException if the loop's backend has no descriptors
     * @throws IllegalArgumentException if it is not a Unix datagram socket
     */
    public static UnixDatagram fromDescriptor(int descriptor, Handle handle) throws IOException {
        PollEvented<PacketSocket> evented = Adoption.register(
                handle.pinned().backend().fromDescriptor(descriptor),
                PacketSocket.class,
                socket -> !(socket.localAddress() instanceof InetSocketAddress),
                "a Unix datagram socket",
                "descriptor " + descriptor,
                handle);
        return new UnixDatagram(evented);
    }

    /**
     * Fixes the peer, at once: {@link #send} goes to it, and only its datagrams arrive from now on. Another call fixes
     * another one.
     *
     * @throws java.net.ConnectException if there is no datagram socket; the message says what is there instead
     */
    public UnixDatagram connect(SocketAddress remote) throws IOException {
        try {
            socket.connect(remote);
        } catch (IOException e) {
            throw UnixPath.explainConnect(e, remote);
        }
        return this;
    }

    @Override
    void refused(Task task, @Nullable SocketAddress to) {
        if (to == null) {
            evented.needWrite(task);
        } else if (retrying.add(task) && retrying.size() == 1) {
            handle().spawn(handle().sleep(RETRY).onEnd(outcome -> retry()));
        }
    }

    private void retry() {
        retrying.forEach(Task::wake);
        retrying.clear();
    }

    /**
     * Sends like {@link #send} and hands on descriptors with the datagram. They stay open and the caller's, and may be closed
     * as soon as it has gone.
     *
     * @param descriptors numbers, at most {@link Descriptor#MAX_PER_MESSAGE}
     * @throws IllegalArgumentException if there are too many
     * @throws gyre.sys.ResourceLimitException if the user has too many on their way
     */
    public int sendDescriptors(Task task, Buf from, int... descriptors) throws IOException {
        return transmit(task, from, null, descriptors);
    }

    /** Sends like {@link #sendTo} and hands on descriptors, as {@link #sendDescriptors} does. */
    public int sendDescriptorsTo(Task task, Buf from, SocketAddress to, int... descriptors) throws IOException {
        return transmit(task, from, Objects.requireNonNull(to, "to"), descriptors);
    }

    private int transmit(Task task, Buf from, @Nullable SocketAddress to, int[] descriptors) throws IOException {
        if (!evented.pollWrite(task)) {
            return NOT_READY;
        }
        int wanted = from.readable();
        return sent(task, socket.send(from, to, descriptors), wanted, to);
    }

    /**
     * Receives like {@link #receive} and takes the descriptors that came with the datagram, which a plain receive loses: the
     * system closes them.
     *
     * @param received what came is added; it is the caller's to close
     * @throws IOException also if descriptors came and were lost, for want of room in this process's table: the bytes are in
     *     the buffer all the same, and none of them is left open
     */
    public int receiveDescriptors(Task task, Buf into, List<Descriptor> received) throws IOException {
        checkRoom(into);
        return evented.pollRead(task) ? received(task, socket.receive(into, received)) : NOT_READY;
    }

    /** Sends all that is readable to the peer it is connected to. Cancelling it sends nothing. */
    public Future<Message> sendDatagram(Buf from) {
        return Futures.pollFn(task -> message(from, send(task, from), remoteAddress(), false));
    }

    /** Sends all that is readable as one datagram. Cancelling it sends nothing. */
    public Future<Message> sendDatagram(Buf from, SocketAddress to) {
        return Futures.pollFn(task -> message(from, sendTo(task, from, to), to, false));
    }

    /** Appends the next datagram to the buffer. Cancelling it loses none. */
    public Future<Message> receiveDatagram(Buf into) {
        return Futures.pollFn(task -> {
            int count = receive(task, into);
            return message(into, count, sender(), truncated());
        });
    }

    private Poll<Message> message(Buf buf, int count, @Nullable SocketAddress peer, boolean truncated) {
        return count == NOT_READY ? Poll.pending() : Poll.ready(new Message(this, buf, count, peer, truncated));
    }

    /** Turns datagrams into items and back; the socket is borrowed. */
    public <I extends @Nullable Object, O extends @Nullable Object> UnixDatagramFramed<I, O> framed(
            UnixDatagramCodec<I, O> codec) {
        return new UnixDatagramFramed<>(this, codec);
    }

    /**
     * A datagram that was sent or received, with the socket and the buffer for the next one.
     *
     * @param socket the one it went through
     * @param buf where it is, or was
     * @param count its bytes in the buffer
     * @param peer who sent it, or whom it was sent to; null for a sender without a name
     * @param truncated whether it was received in part, for want of room
     */
    public record Message(
            UnixDatagram socket,
            Buf buf,
            int count,
            @Nullable SocketAddress peer,
            boolean truncated) {}

    @Override
    public SocketAddress localAddress() throws IOException {
        return socket.localAddress();
    }

    /** Sets an option of {@link #options}; errors as in {@link gyre.sys.StreamSocket#option(SocketOption, Object)}. */
    public <T> UnixDatagram option(SocketOption<T> option, T value) throws IOException {
        socket.option(option, value);
        return this;
    }

    @Override
    public String toString() {
        return "UnixDatagram[" + socket + (isOpen() ? "]" : ", closed]");
    }
}
