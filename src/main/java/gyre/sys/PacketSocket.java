package gyre.sys;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A datagram socket, UDP or Unix, non-blocking from the start. A datagram of 0 bytes is one like any other. */
public interface PacketSocket extends Source {
    /** Datagrams that {@link #sendSegments} sends at most: as many as every Linux takes. */
    int MOST_SEGMENTS = 64;

    /** Gives it a local address. */
    void bind(SocketAddress local) throws IOException;

    /**
     * Fixes the peer, at once: datagrams go to it and only its own arrive, and what the network reports about it shows as
     * {@link java.net.PortUnreachableException} and its like at the next operation, once. Another call fixes another one.
     */
    void connect(SocketAddress remote) throws IOException;

    /**
     * Appends the next datagram; what has no room is lost, and {@link #truncated} says so. No room at all is an argument
     * error and loses nothing.
     *
     * @return a count of at least 0, also for a datagram of 0 bytes, or {@code NOT_READY}
     */
    int receive(Buf into) throws IOException;

    /** Who sent the datagram received last; null if it was nobody that can be named, or nothing was received yet. */
    @Nullable SocketAddress sender();

    /** Whether the datagram received last was longer than its room. */
    boolean truncated();

    /**
     * Sends all that is readable as one datagram, or nothing.
     *
     * @param to who gets it; null for the peer that was fixed
     * @return a count of at least 0, or {@code NOT_READY}
     * @throws UnsupportedOperationException if it has 0 bytes and the backend can't send that to a fixed peer; only nio can't
     * @throws IllegalStateException if another peer was fixed; the message names both
     * @throws IOException if it is longer than a datagram may be, or the network refuses it; the message says which
     */
    int send(Buf from, @Nullable SocketAddress to) throws IOException;

    /**
     * Sends what is readable as datagrams of one length, the last one perhaps shorter: with one call where the system can,
     * and otherwise one by one, at most {@link #MOST_SEGMENTS}. Whole datagrams are consumed, perhaps not all; after an
     * exception those in front of the one that it is about.
     *
     * @param segment how long each is, at least 1
     * @return bytes of all that were sent, 0 only if nothing is readable, or {@code NOT_READY}
     * @throws IllegalArgumentException if the segment is below 1; otherwise as {@link #send(Buf, SocketAddress)}
     */
    default int sendSegments(Buf from, int segment, @Nullable SocketAddress to) throws IOException {
        if (segment < 1) {
            throw new IllegalArgumentException("a segment must have at least 1 byte: " + segment);
        }
        int total = 0;
        for (int i = 0; i < MOST_SEGMENTS && from.readable() > 0; i++) {
            int behind = Math.max(from.readable() - segment, 0);
            from.truncate(from.readable() - behind);
            int count;
            try {
                count = send(from, to);
            } finally {
                from.advance(behind);
            }
            if (count == Transfer.NOT_READY) {
                return total == 0 ? count : total;
            }
            total += count;
        }
        return total;
    }

    /**
     * How long each of the datagrams was that were received last as one, the last one perhaps shorter; 0 if it was a single
     * one, as always without {@link NativeSocketOptions#UDP_GRO}.
     */
    default int segmentSize() {
        return 0;
    }

    /**
     * Sends like {@link #send(Buf, SocketAddress)} and hands on descriptors with the datagram.
     *
     * @param descriptors numbers, at most {@link Descriptor#MAX_PER_MESSAGE}; the caller's stay open and its own
     * @throws UnsupportedOperationException if descriptors don't travel over this socket; the message says over which they do
     * @throws IllegalArgumentException if there are too many
     * @throws ResourceLimitException if too many are on their way already
     */
    default int send(Buf from, @Nullable SocketAddress to, int[] descriptors) throws IOException {
        throw Descriptor.refused(this);
    }

    /**
     * Receives like {@link #receive(Buf)} and takes the descriptors that came with the datagram; a plain receive drops them,
     * and the kernel closes them.
     *
     * @param received gets what came, which is then the caller's
     * @throws UnsupportedOperationException if descriptors don't travel over this socket; the message says over which they do
     * @throws IOException also if descriptors came and were lost, since this process has too many open: the bytes are in
     *     the buffer all the same, and none of the descriptors is left open
     */
    default int receive(Buf into, List<Descriptor> received) throws IOException {
        throw Descriptor.refused(this);
    }

    /** The address that it is bound to, with the port that the system chose. */
    SocketAddress localAddress() throws IOException;

    /** The peer that was fixed, or null. */
    @Nullable SocketAddress remoteAddress();

    /**
     * Joins a multicast group.
     *
     * @param source whose datagrams alone are to arrive, or null for those of all
     * @throws UnsupportedOperationException if this is not a UDP socket
     * @throws IllegalArgumentException if it is not a multicast address, or of another family
     * @throws IOException if it was joined already, or the interface can't
     */
    void join(InetAddress group, NetworkInterface network, @Nullable InetAddress source) throws IOException;

    /** Undoes a {@link #join} with the same arguments; an {@link IOException} if there was none. */
    void leave(InetAddress group, NetworkInterface network, @Nullable InetAddress source) throws IOException;

    /** Sets an option; errors as in {@link StreamSocket#option(SocketOption, Object)}. */
    <T> void option(SocketOption<T> option, T value) throws IOException;

    /** Reads an option back. */
    <T> @Nullable T option(SocketOption<T> option) throws IOException;

    /** The options that {@link #option} takes. */
    Set<SocketOption<?>> options();
}
