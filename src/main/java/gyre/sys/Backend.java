package gyre.sys;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * A way to reach the operating system, found through {@link java.util.ServiceLoader}. Stateless; from any thread.
 */
public interface Backend {
    /** Its name in {@code -Dgyre.backend}, in lower case: {@code epoll}, {@code nio}, ... */
    String name();

    /** Which one {@code auto} prefers among those that work: the highest. */
    int rank();

    /** Why it can't be used here, as one readable sentence; null if it can. Never throws. */
    @Nullable String unavailable();

    /** A new selector. */
    Selector selector() throws IOException;

    /** An unconnected stream socket of this family ({@link java.net.StandardProtocolFamily}). */
    StreamSocket stream(ProtocolFamily family) throws IOException;

    /** A listening socket to be, of this family. */
    ListenSocket listener(ProtocolFamily family) throws IOException;

    /** An unbound datagram socket of this family. */
    default PacketSocket packet(ProtocolFamily family) throws IOException {
        throw new UnsupportedOperationException(
                "the " + name() + " backend has no datagram sockets of family " + family);
    }

    /**
     * Two Unix stream sockets without names, connected to each other. A backend that has to go through a path for it makes
     * it where only this user can reach it, and deletes it at once: the addresses then tell where it was.
     */
    default SocketPair<StreamSocket> streamPair() throws IOException {
        throw new UnsupportedOperationException("the " + name() + " backend makes no pairs of sockets");
    }

    /** Two Unix datagram sockets without names, connected to each other. */
    default SocketPair<PacketSocket> packetPair() throws IOException {
        throw new UnsupportedOperationException("the " + name() + " backend makes no pairs of datagram sockets");
    }

    /**
     * Adopts an open descriptor by duplicating it: the caller's stays open and its own. Sockets become a
     * {@link StreamSocket}, {@link ListenSocket} or {@link PacketSocket}, whatever else can be watched a {@link ByteStream}. It
     * is made non-blocking, TCP no longer waits to fill packets, and the close of a stream turns a {@code SO_LINGER} off that
     * would have the loop wait: all this the duplicate shares with the original.
     *
     * @throws UnsupportedOperationException if this backend has no descriptors; the message names those that have
     */
    default Source fromDescriptor(int descriptor) throws IOException {
        throw new UnsupportedOperationException(
                "the " + name() + " backend can't adopt descriptor " + descriptor + ": epoll and kqueue can");
    }

    /**
     * Adopts a channel, which from now on belongs to the source; it is closed if this fails. It is made non-blocking. Socket
     * channels become a {@link StreamSocket}, {@link ListenSocket} or {@link PacketSocket}, others a {@link ByteStream}.
     *
     * @throws UnsupportedOperationException if this backend can't watch channels; the message names one that can, and it
     *     stays open
     */
    default Source fromChannel(SelectableChannel channel) throws IOException {
        throw new UnsupportedOperationException(
                "the " + name() + " backend can't watch a " + channel.getClass().getName() + ": nio can");
    }

    /**
     * A source through which the selector watches a channel that its owner goes on to read and write. It is made
     * non-blocking; closing the source does nothing.
     *
     * @return null if this backend can't watch channels: a thread with a {@link java.nio.channels.Selector} then does
     */
    default @Nullable Source watch(SelectableChannel channel) throws IOException {
        return null;
    }

    /**
     * Keeps threads on one CPU, whatever backend they use.
     *
     * @return null if this one can't
     * @throws IllegalArgumentException if this process may not use that CPU; the message names those that it may
     * @throws IOException if the system refuses it for another reason
     */
    default @Nullable CpuBinding cpuBinding(int cpu) throws IOException {
        return null;
    }
}
