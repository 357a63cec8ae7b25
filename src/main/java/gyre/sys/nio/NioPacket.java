package gyre.sys.nio;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.sys.Addresses;
import gyre.sys.PacketSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket over a {@link DatagramChannel}.
 *
 * <p>The channel drops what has no room without a word. So a datagram goes through a buffer that holds the longest one,
 * unless the caller's does: one copy, and none is ever cut unnoticed. Of a datagram of 0 bytes the channel doesn't say
 * whether the system had room for it: it counts as sent.
 */
final class NioPacket extends NioSource implements PacketSocket {
    /** Longer than any datagram; jumbograms don't exist for UDP over sockets of {@code java.nio}. */
    private static final int LONGEST = 1 << 16;

    /** One a thread, so that an idle socket holds none. */
    private static final ThreadLocal<ByteBuffer> WHOLE =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(LONGEST));

    private final DatagramChannel channel;
    private final List<MembershipKey> memberships = new ArrayList<>(0);
    private @Nullable SocketAddress remote;
    private @Nullable SocketAddress sender;
    private boolean truncated;

    NioPacket(DatagramChannel channel) throws IOException {
        super(channel);
        this.channel = channel;
        this.remote = channel.getRemoteAddress();
    }

    @Override
    public void bind(SocketAddress local) throws IOException {
        NioOptions.bind(channel, local);
    }

    @Override
    public void connect(SocketAddress to) throws IOException {
        Failures.checkKnown("connect", to);
        SocketAddress former = remote;
        try {
            channel.disconnect();
            remote = null;
            channel.connect(to);
        } catch (IOException | UnsupportedAddressTypeException e) {
            if (former != null) {
                reconnect(former, e);
            }
            throw Failures.of("connect", to, e);
        }
        remote = channel.getRemoteAddress();
    }

    /** The channel had to be disconnected before the other address was tried; the system itself would have kept the peer. */
    private void reconnect(SocketAddress former, Exception refusal) {
        try {
            channel.connect(former);
            remote = former;
        } catch (IOException e) {
            refusal.addSuppressed(e);
        }
    }

    @Override
    public int receive(Buf into) throws IOException {
        int room = into.writable();
        ByteBuffer direct = into.writeView();
        if (room == 0) {
            throw new IllegalArgumentException("there is no room to receive into: " + into);
        }
        ByteBuffer target = room >= LONGEST ? direct : WHOLE.get().clear();
        int start = target.position();
        SocketAddress from;
        try {
            from = channel.receive(target);
        } catch (IOException e) {
            throw remote == null ? e : Failures.of("receive from", remote, e);
        }
        if (from == null) {
            return Transfer.NOT_READY;
        }
        int length = target.position() - start;
        int count = Math.min(length, room);
        if (target != direct) {
            direct.put(target.flip().limit(count));
        }
        into.advance(count);
        sender = from;
        truncated = count < length;
        return count;
    }

    @Override
    public @Nullable SocketAddress sender() {
        return sender;
    }

    @Override
    public boolean truncated() {
        return truncated;
    }

    @Override
    public int send(Buf from, @Nullable SocketAddress to) throws IOException {
        ByteBuffer bytes = from.readView();
        SocketAddress peer = remote;
        SocketAddress target = to == null ? peer : to;
        if (target == null) {
            throw new SocketException(from.readable() + " bytes for nobody: the socket is not connected");
        }
        if (peer != null && !Addresses.same(target, peer)) {
            throw new IllegalStateException("the socket is connected to " + Addresses.text(peer) + ", it can't send to "
                    + Addresses.text(target));
        }
        Failures.checkKnown("send to", target);
        int length = from.readable();
        if (length == 0 && peer != null) {
            // Its write answers 0 without a call to the system.
            throw new UnsupportedOperationException("the nio backend can't send a datagram of 0 bytes from a connected"
                    + " socket, as the JDK can't: epoll and kqueue can, and unconnected sockets");
        }
        int count;
        try {
            do {
                count = peer == null ? channel.send(bytes, target) : channel.write(bytes);
            } while (count < 0); // a signal: java.nio hands its own -3 on
        } catch (IOException | UnsupportedAddressTypeException e) {
            throw Failures.of("send " + length + " bytes to", target, e);
        }
        from.skip(count);
        return count == 0 && length > 0 ? Transfer.NOT_READY : count;
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return NioOptions.localAddress(channel);
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public void join(InetAddress group, NetworkInterface network, @Nullable InetAddress source) throws IOException {
        String what = text("join", group, network, source);
        if (membership(group, network, source) != null) {
            throw new IOException(what + "it has been joined already");
        }
        try {
            memberships.add(source == null ? channel.join(group, network) : channel.join(group, network, source));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + e.getMessage(), e);
        } catch (IOException | IllegalStateException e) {
            throw e instanceof ClosedChannelException closed ? closed : new IOException(what + e.getMessage(), e);
        }
    }

    @Override
    public void leave(InetAddress group, NetworkInterface network, @Nullable InetAddress source) throws IOException {
        MembershipKey key = membership(group, network, source);
        if (key == null) {
            throw new IOException(text("leave", group, network, source) + "it has not been joined");
        }
        memberships.remove(key);
        key.drop();
    }

    private @Nullable MembershipKey membership(
            InetAddress group, NetworkInterface network, @Nullable InetAddress source) {
        return memberships.stream()
                .filter(key -> key.group().equals(group)
                        && key.networkInterface().equals(network)
                        && Objects.equals(key.sourceAddress(), source))
                .findFirst()
                .orElse(null);
    }

    private static String text(
            String action, InetAddress group, NetworkInterface network, @Nullable InetAddress source) {
        return action + " " + group.getHostAddress() + " by " + network.getName()
                + (source == null ? ": " : " from " + source.getHostAddress() + ": ");
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        NioOptions.set(channel, option, value);
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
        return remote == null ? "a datagram socket" : Addresses.text(remote);
    }
}
