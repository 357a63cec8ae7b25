package gyre.sys;

import gyre.buffer.Buf;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A TCP or Unix stream socket, non-blocking from the start. */
public interface StreamSocket extends ByteStream {
    /** Gives it a local address, before {@link #connect}. */
    void bind(SocketAddress local) throws IOException;

    /**
     * Begins to connect. To be called before the socket is registered.
     *
     * @return whether it is connected already; if not, {@link Ready#WRITE} tells when {@link #finishConnect} will know
     */
    boolean connect(SocketAddress remote) throws IOException;

    /** Whether the connect has succeeded; false if it is still under way. Fails if the connect did. */
    boolean finishConnect() throws IOException;

    /** Like {@link #read}, but the bytes stay in the socket. */
    int peek(Buf into) throws IOException;

    /**
     * Writes like {@link #write(Buf)} and hands on descriptors with the first of the bytes. A count says that all of them
     * have gone: what is left of the buffer is to be written without them.
     *
     * @param descriptors numbers, at most {@link Descriptor#MAX_PER_MESSAGE}; the caller's stay open and its own
     * @throws UnsupportedOperationException if descriptors don't travel over this socket; the message says over which they do
     * @throws IllegalArgumentException if there are too many, or there is no byte to carry them
     * @throws ResourceLimitException if too many are on their way already
     */
    default int send(Buf from, int[] descriptors) throws IOException {
        throw Descriptor.refused(this);
    }

    /**
     * Reads like {@link #read(Buf)} and takes the descriptors that came with these bytes. It ends with the bytes that carry
     * descriptors; a plain read drops them, and the kernel closes them.
     *
     * @param received gets what came, which is then the caller's
     * @throws UnsupportedOperationException if descriptors don't travel over this socket; the message says over which they do
     * @throws IOException also if descriptors came and were lost, since this process has too many open: the bytes are in
     *     the buffer all the same, and none of the descriptors is left open
     */
    default int receive(Buf into, List<Descriptor> received) throws IOException {
        throw Descriptor.refused(this);
    }

    /**
     * Who is at the other end of a Unix socket.
     *
     * @throws UnsupportedOperationException if the backend or the kind of socket doesn't know; the message says which do
     */
    default PeerCredentials peerCredentials() throws IOException {
        throw new UnsupportedOperationException(
                "only a Unix socket of the epoll and kqueue backends knows its peer's numbers, not " + this);
    }

    /**
     * Begins to send a piece of a file into this socket.
     *
     * @return what does it, or null if the system can't, or has nothing left to do it with: read and write, then
     */
    default @Nullable FileSender fileSender() {
        return null;
    }

    /** No more bytes will be written; the peer sees the end after those already accepted. */
    void shutdownOutput() throws IOException;

    /** No more bytes will be read: reads answer {@code END}. */
    void shutdownInput() throws IOException;

    /** The address that it is bound to. */
    SocketAddress localAddress() throws IOException;

    /** The peer's address, or null if not connected. Known from the connect or accept on: still there when the peer has gone. */
    @Nullable SocketAddress remoteAddress();

    /**
     * Sets an option.
     *
     * @throws UnsupportedOperationException if the backend doesn't have it
     * @throws IllegalArgumentException if the value is out of its range
     */
    <T> void option(SocketOption<T> option, T value) throws IOException;

    /** Reads an option back; null where the option is off and has no value, as {@code SO_LINGER}. */
    <T> @Nullable T option(SocketOption<T> option) throws IOException;

    /** The options that {@link #option} takes. */
    Set<SocketOption<?>> options();
}
