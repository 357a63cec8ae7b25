package gyre.sys.nio;

import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.sys.Addresses;
import gyre.sys.FileSender;
import gyre.sys.PeerCredentials;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A TCP or Unix stream socket over a {@link SocketChannel}.
 *
 * <p>java.nio can't peek: {@code ahead} holds what {@link #peek} had to take out of the socket. Reads empty it before they
 * turn to the socket again, so it is null except between a peek and the reads after it.
 */
final class NioStream extends NioBytes implements StreamSocket {
    private final SocketChannel channel;
    private @Nullable SocketAddress remote;
    private boolean connecting;
    private boolean mayLinger;
    private @Nullable ByteBuffer ahead;

    /** One that was made here has the system's options, an adopted one any. */
    NioStream(SocketChannel channel, boolean adopted) throws IOException {
        super(channel);
        this.channel = channel;
        remote = channel.getRemoteAddress();
        connecting = channel.isConnectionPending();
        mayLinger = adopted;
    }

    @Override
    public void bind(SocketAddress local) throws IOException {
        NioOptions.bind(channel, local);
    }

    @Override
    public boolean connect(SocketAddress to) throws IOException {
        Failures.checkKnown("connect", to);
        try {
            connecting = !channel.connect(to);
        } catch (IOException | UnsupportedAddressTypeException e) {
            throw Failures.of("connect", to, e);
        }
        remote = to;
        return !connecting && connected(to);
    }

    @Override
    public boolean finishConnect() throws IOException {
        try {
            if (!channel.finishConnect()) {
                return false;
            }
        } catch (IOException e) {
            SocketAddress to = remote;
            remote = null;
            connecting = false;
            throw to == null ? e : Failures.of("connect", to, e);
        }
        if (connecting) {
            connecting = false;
            // Where the connect was not told yet, the same event now tells that the socket can be written.
            int write = armed(OP_CONNECT) ? OP_WRITE : 0;
            disarm(OP_CONNECT);
            arm(OP_READ | write);
        }
        return remote == null || connected(remote);
    }

    /** Connecting to a free port of one's own host may be given that very port as the local one: TCP then meets itself. */
    private boolean connected(SocketAddress to) throws IOException {
        if (to instanceof InetSocketAddress && Addresses.same(to, channel.getLocalAddress())) {
            throw new ConnectException(Failures.what("connect", to) + "nobody listens there, it met itself");
        }
        return true;
    }

    @Override
    boolean connecting() {
        return connecting;
    }

    @Override
    public int read(Buf into) throws IOException {
        ByteBuffer held = ahead;
        if (held == null || into.writable() == 0) {
            return readSocket(into);
        }
        int count = Math.min(held.remaining(), into.writable());
        into.put(held.array(), held.position(), count);
        held.position(held.position() + count);
        if (!held.hasRemaining()) {
            ahead = null;
        }
        return count;
    }

    private int readSocket(Buf into) throws IOException {
        try {
            return super.read(into);
        } catch (NotYetConnectedException e) {
            return unconnected("read", e);
        }
    }

    @Override
    public int write(Buf from) throws IOException {
        try {
            return super.write(from);
        } catch (NotYetConnectedException e) {
            return unconnected("write", e);
        }
    }

    @Override
    public int write(Buf[] from, int offset, int count) throws IOException {
        try {
            return super.write(from, offset, count);
        } catch (NotYetConnectedException e) {
            return unconnected("write", e);
        }
    }

    @Override
    public FileSender fileSender() {
        return new NioFileSender(channel);
    }

    /** While the connect is under way there is nothing yet; without one there never will be. */
    private int unconnected(String action, NotYetConnectedException cause) throws SocketException {
        if (connecting) {
            return Transfer.NOT_READY;
        }
        throw notConnected(action, cause);
    }

    /** Shows what is held, then what else the socket has, which from then on is held too. */
    @Override
    public int peek(Buf into) throws IOException {
        ByteBuffer held = ahead;
        int shown = held == null ? 0 : Math.min(held.remaining(), into.writable());
        if (held != null) {
            into.put(held.array(), held.position(), shown);
        }
        if (shown > 0 && into.writable() == 0) {
            return shown;
        }
        int more;
        try {
            more = readSocket(into);
        } catch (IOException e) {
            into.truncate(into.readable() - shown);
            throw e;
        }
        if (more > 0) {
            byte[] all = new byte[shown + more];
            into.readView().position(into.writeIndex() - all.length).get(all);
            ahead = ByteBuffer.wrap(all);
            return all.length;
        }
        return shown > 0 ? shown : more;
    }

    @Override
    boolean holdsBytes() {
        return ahead != null;
    }

    @Override
    public PeerCredentials peerCredentials() {
        throw new UnsupportedOperationException(
                "the nio backend knows the names of a Unix peer's user and group, by the"
                        + " option SO_PEERCRED of jdk.net.ExtendedSocketOptions, but no numbers and no process: epoll does");
    }

    @Override
    public void shutdownOutput() throws IOException {
        try {
            channel.shutdownOutput();
        } catch (NotYetConnectedException e) {
            throw notConnected("shutdownOutput", e);
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        try {
            channel.shutdownInput();
        } catch (NotYetConnectedException e) {
            throw notConnected("shutdownInput", e);
        }
        ahead = null;
    }

    private static SocketException notConnected(String action, NotYetConnectedException cause) {
        SocketException named = new SocketException(action + ": the socket is not connected");
        named.initCause(cause);
        return named;
    }

    /** Linux lets the close of even a non-blocking socket wait for SO_LINGER seconds; 0 is the wish for a reset and stays. */
    @Override
    public void close() throws IOException {
        try {
            if (mayLinger && channel.isOpen()) {
                Integer seconds = option(StandardSocketOptions.SO_LINGER);
                if (seconds != null && seconds > 0) {
                    channel.setOption(StandardSocketOptions.SO_LINGER, -1);
                }
            }
        } finally {
            super.close();
        }
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return NioOptions.localAddress(channel);
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return connecting ? null : remote;
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        NioOptions.set(channel, option, value);
        mayLinger |= option.equals(StandardSocketOptions.SO_LINGER);
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return NioOptions.get(channel, option);
    }

    @Override
    public Set<SocketOption<?>> options() {
        return channel.supportedOptions();
    }

    @Override
    public String toString() {
        return remote == null ? "an unconnected socket" : "the connection to " + Addresses.text(remote);
    }
}
