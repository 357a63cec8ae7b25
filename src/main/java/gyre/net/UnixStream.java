package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.Descriptor;
import gyre.sys.PeerCredentials;
import gyre.sys.SocketPair;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import gyre.sys.UnixNameAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A connected Unix stream socket. Beside bytes it carries open descriptors ({@link #sendDescriptors}) and knows who is at
 * the other end ({@link #peerCredentials}). A socket without a name has an empty path. Ported from tokio-uds.
 */
public final class UnixStream extends SocketStream {
    UnixStream(PollEvented<StreamSocket> evented) {
        super(evented);
    }

    /** Connects to a path; see {@link #connect(SocketAddress, Handle)}. */
    public static Future<UnixStream> connect(Path path, Handle handle) {
        return connect(UnixDomainSocketAddress.of(path), handle);
    }

    /**
     * Connects, at once: a Unix connect never takes time. The future fails with {@link java.net.ConnectException}, whose
     * message names the address and says what is there instead of a listener; a {@link gyre.sys.BacklogFullException} is
     * worth another try later. Cancelling it closes the socket.
     *
     * @param remote a {@link UnixDomainSocketAddress} or a {@link UnixNameAddress}
     * @throws IllegalArgumentException if the path is too long, or it is another kind of address
     * @throws UnsupportedOperationException if it is an abstract name and the loop's backend has none
     * @throws IllegalStateException off the loop's thread
     */
    public static Future<UnixStream> connect(SocketAddress remote, Handle handle) {
        return Connect.unix(Objects.requireNonNull(remote, "remote"), handle);
    }

    /**
     * Two streams without names, connected to each other, both on this loop. The NIO backend has to go through a path for it,
     * in a new folder of {@code java.io.tmpdir} that only this user may enter and that is deleted at once: its addresses tell
     * that path.
     *
     * @throws IllegalStateException off the loop's thread
     */
    public static SocketPair<UnixStream> pair(Handle handle) throws IOException {
        SocketPair<PollEvented<StreamSocket>> pair =
                EventedPair.register(handle.pinned().backend().streamPair(), handle);
        return new SocketPair<>(new UnixStream(pair.first()), new UnixStream(pair.second()));
    }

    /**
     * Adopts a connected socket by its descriptor, which is duplicated and made non-blocking. The original shares that, as it
     * does other options: {@link gyre.sys.Backend#fromDescriptor}.
     *
     * @throws UnsupportedOperationException if the loop's backend has no descriptors
     * @throws IllegalArgumentException if it is not a connected Unix stream socket
     */
    public static UnixStream fromDescriptor(int descriptor, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromDescriptor(descriptor), "descriptor " + descriptor, handle);
    }

    /**
     * Adopts a connected channel, which the result owns from then on; it is closed if this fails.
     *
     * @throws UnsupportedOperationException if the loop's backend can't watch channels: it stays open
     * @throws IllegalStateException off the loop's thread: it stays open
     * @throws IllegalArgumentException if it is not a connected Unix socket
     */
    public static UnixStream fromChannel(SocketChannel channel, Handle handle) throws IOException {
        return adopt(handle.pinned().backend().fromChannel(channel), channel, handle);
    }

    private static UnixStream adopt(Source source, Object what, Handle handle) throws IOException {
        return new UnixStream(Adoption.register(
                source,
                StreamSocket.class,
                socket -> socket.remoteAddress() != null && !(socket.remoteAddress() instanceof InetSocketAddress),
                "a connected Unix stream socket",
                what,
                handle));
    }

    static UnixStream register(StreamSocket socket, Handle handle) throws IOException {
        return new UnixStream(PollEvented.register(socket, handle));
    }

    /**
     * Who was at the other end when it was connected. The NIO backend has their names only, by the option
     * {@code jdk.net.ExtendedSocketOptions.SO_PEERCRED}.
     *
     * @throws UnsupportedOperationException on the NIO backend
     */
    public PeerCredentials peerCredentials() throws IOException {
        return stream.peerCredentials();
    }

    /**
     * Writes like {@link #write(Task, Buf)} and hands on descriptors, which the peer gets with the first of the bytes. They
     * stay open and the caller's, and may be closed as soon as they have gone.
     *
     * @param from at least one byte, to carry them
     * @param descriptors numbers, at most {@link Descriptor#MAX_PER_MESSAGE}, as {@link #descriptor} and
     *     {@link Descriptor#number} tell them
     * @return how many bytes were taken, and all descriptors with them: write the rest without them; or {@code NOT_READY},
     *     and nothing has gone
     * @throws IllegalArgumentException if there is no byte, or there are too many descriptors
     * @throws gyre.sys.ResourceLimitException if the user has too many on their way
     * @throws UnsupportedOperationException on the NIO backend
     */
    public int sendDescriptors(Task task, Buf from, int... descriptors) throws IOException {
        if (!evented.pollWrite(task)) {
            return NOT_READY;
        }
        return wrote(task, stream.send(from, descriptors), 0);
    }

    /**
     * Reads like {@link #read(Task, Buf)} and takes the descriptors that come with these bytes. A read ends with the bytes
     * that carry descriptors, so they never belong to later ones. Plain reads, and peeks, leave out descriptors: a read loses
     * those that came with its bytes, and the system closes them.
     *
     * @param received what came is added; it is the caller's to close, if only because the next line throws
     * @throws IOException also if descriptors came and were lost, for want of room in this process's table: their bytes
     *     are in the buffer all the same, and none of them is left open
     * @throws UnsupportedOperationException on the NIO backend
     */
    public int receiveDescriptors(Task task, Buf into, List<Descriptor> received) throws IOException {
        if (!evented.pollRead(task)) {
            return NOT_READY;
        }
        return took(task, stream.receive(into, received));
    }

    /** This end: a {@link UnixDomainSocketAddress}, empty for most that connect, or a {@link UnixNameAddress}. */
    @Override
    public SocketAddress localAddress() throws IOException {
        return stream.localAddress();
    }

    /** The peer, also after it has gone; an empty path if it has no name. */
    @Override
    public SocketAddress remoteAddress() {
        return Objects.requireNonNull(stream.remoteAddress());
    }

    @Override
    public <T> UnixStream option(SocketOption<T> option, T value) throws IOException {
        stream.option(option, value);
        return this;
    }

    @Override
    public String toString() {
        return "UnixStream[" + stream + (isOpen() ? "]" : ", closed]");
    }
}
