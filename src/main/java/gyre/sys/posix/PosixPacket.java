package gyre.sys.posix;

import static gyre.natives.Layout.ABSENT;
import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.IPPROTO_UDP;
import static gyre.natives.Layout.MSG_CMSG_CLOEXEC;
import static gyre.natives.Layout.MSG_DONTWAIT;
import static gyre.natives.Layout.MSG_NOSIGNAL;
import static gyre.natives.Layout.UDP_GRO;
import static gyre.natives.Layout.UDP_SEGMENT;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.natives.Sys;
import gyre.sys.Addresses;
import gyre.sys.Descriptor;
import gyre.sys.NativeSocketOptions;
import gyre.sys.PacketSocket;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A UDP or Unix datagram socket. The arguments of its calls lie in memory of its own, {@link PacketMessage}, where the
 * addresses of the peers that it last heard from and spoke to stay in the kernel's form: a steady peer costs no conversion.
 */
final class PosixPacket extends PosixSource implements PacketSocket {
    private static final int RECEIVE = MSG_DONTWAIT;
    private static final int SEND = MSG_DONTWAIT | MSG_NOSIGNAL;

    /** Bytes that a UDP datagram over IPv4 has at most, and those that the system cuts too. */
    private static final int LONGEST = 65_507;

    private final int domain;
    private final PosixOptions options;
    private final PacketMessage received = new PacketMessage();
    private final PacketMessage sent = new PacketMessage();
    private @Nullable SocketAddress remote;
    private @Nullable SocketAddress named; // the peer as connect was given it: a path has many spellings
    private @Nullable SocketAddress to; // whose address is in `sent`

    /**
     * Takes over a socket.
     *
     * @param remote the peer, if it is connected
     */
    PosixPacket(int descriptor, int domain, @Nullable SocketAddress remote) {
        super(descriptor);
        this.domain = domain;
        this.options = PosixOptions.ofPacket(domain);
        this.remote = remote;
    }

    /** One that others have set up. */
    PosixPacket adopted() {
        received.merges(domain != AF_UNIX
                && SocketCalls.tryGet(fd.number(), IPPROTO_UDP, UDP_GRO) == 0
                && Scratch.get().getInt(Scratch.VALUE) != 0);
        return this;
    }

    @Override
    boolean tellsEveryRead() {
        return true;
    }

    @Override
    public void bind(SocketAddress local) throws IOException {
        SocketCalls.bind(this, domain, local);
    }

    @Override
    public void connect(SocketAddress remote) throws IOException {
        ByteBuffer scratch = Scratch.get();
        int length = SockAddr.encode(remote, domain, scratch);
        checkPort("connect ", remote);
        int result = Libc.connect(fd.number(), Scratch.address(scratch, Scratch.ADDRESS), length);
        if (result < 0) {
            throw failure(result, "connect " + Addresses.text(remote));
        }
        this.remote = SocketCalls.peer(this);
        named = remote;
        to = null;
        sent.toPeer();
        if (domain != AF_UNIX) {
            discard();
        }
    }

    /** What others sent before still waits, told apart from the peer's by nothing; so may a report about the last peer. */
    private void discard() throws IOException {
        SocketCalls.error(this);
        long nowhere = Scratch.address(Scratch.get(), Scratch.VALUE);
        int n;
        do {
            n = Sys.recv(fd.number(), nowhere, 0, RECEIVE);
        } while (n >= 0 || n == -Errno.EINTR);
    }

    @Override
    public int receive(Buf into) throws IOException {
        return receive(into, RECEIVE);
    }

    @Override
    public int receive(Buf into, List<Descriptor> descriptors) throws IOException {
        checkUnix();
        received.expectDescriptors();
        try {
            int n = receive(into, RECEIVE | MSG_CMSG_CLOEXEC);
            if (n >= 0) {
                received.takeDescriptors(descriptors);
            }
            return n;
        } finally {
            received.plain();
        }
    }

    private int receive(Buf into, int flags) throws IOException {
        int n = received.receive(fd.number(), room(into), into.writable(), flags);
        Reference.reachabilityFence(into);
        if (n >= 0) {
            into.advance(n);
            return n;
        }
        if (n == -Errno.EAGAIN) {
            return Transfer.NOT_READY;
        }
        throw failure(n, (domain == AF_UNIX ? "read from " : "receive from ") + this);
    }

    @Override
    public @Nullable SocketAddress sender() {
        return received.sender();
    }

    @Override
    public boolean truncated() {
        return received.truncated();
    }

    @Override
    public int segmentSize() {
        return received.segment();
    }

    /** One by one too where the system refuses the cut, but perhaps not its pieces: they are longer than the route's MTU, or a device can't. */
    @Override
    public int sendSegments(Buf from, int segment, @Nullable SocketAddress to) throws IOException {
        int count = UDP_SEGMENT == ABSENT || segment < 1 ? 1 : Math.min(LONGEST / segment, MOST_SEGMENTS);
        if (count < 2 || from.readable() <= segment || domain == AF_UNIX) {
            return PacketSocket.super.sendSegments(from, segment, to);
        }
        sent.cut(segment);
        int n;
        try {
            n = transmit(from, Math.min(from.readable(), count * segment), to);
        } finally {
            sent.plain();
        }
        if (n == -Errno.EINVAL || n == -Errno.EMSGSIZE || n == -Errno.EIO) {
            return PacketSocket.super.sendSegments(from, segment, to);
        }
        return sent(n, from, to);
    }

    @Override
    public int send(Buf from, @Nullable SocketAddress to) throws IOException {
        return sent(transmit(from, from.readable(), to), from, to);
    }

    private int transmit(Buf from, int bytes, @Nullable SocketAddress to) throws IOException {
        long address = from.address(ADDRESS) + from.readIndex();
        if (to != this.to) {
            target(to);
        }
        int n = sent.send(fd.number(), address, bytes, SEND);
        Reference.reachabilityFence(from);
        return n;
    }

    private int sent(int n, Buf from, @Nullable SocketAddress to) throws IOException {
        if (n >= 0) {
            from.skip(n);
            return n;
        }
        if (n == -Errno.EAGAIN) {
            return Transfer.NOT_READY;
        }
        SocketAddress peer = to == null ? remote : to;
        throw failure(
                n,
                (domain == AF_UNIX ? "write " : "send ") + from.readable() + " bytes to "
                        + (peer == null ? "nobody" : Addresses.text(peer)));
    }

    @Override
    public int send(Buf from, @Nullable SocketAddress to, int[] descriptors) throws IOException {
        checkUnix();
        Passing.check(descriptors);
        sent.attach(descriptors);
        try {
            return send(from, to);
        } finally {
            sent.plain();
        }
    }

    private void checkUnix() {
        if (domain != AF_UNIX) {
            throw new UnsupportedOperationException("descriptors travel only over Unix sockets, not over " + this);
        }
    }

    /** By identity, since equal addresses may have different scopes. */
    private void target(@Nullable SocketAddress next) throws IOException {
        SocketAddress peer = remote;
        if (next == null || isPeer(next)) {
            sent.toPeer();
        } else {
            if (peer != null) {
                throw new IllegalStateException("the socket is connected to " + Addresses.text(peer)
                        + ", it can't send to " + Addresses.text(next));
            }
            checkPort("send to ", next);
            sent.to(next, domain);
        }
        to = next;
    }

    private boolean isPeer(SocketAddress address) {
        return remote != null && Addresses.same(address, remote) || domain == AF_UNIX && address.equals(named);
    }

    private static void checkPort(String action, SocketAddress address) throws SocketException {
        if (address instanceof InetSocketAddress inet && inet.getPort() == 0) {
            throw new SocketException(action + Addresses.text(address) + ": nobody can have port 0");
        }
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return SocketCalls.local(this);
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public void join(InetAddress group, NetworkInterface network, @Nullable InetAddress source) throws IOException {
        Multicast.join(this, domain, group, network, source);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface network, @Nullable InetAddress source) throws IOException {
        Multicast.leave(this, domain, group, network, source);
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        options.set(this, option, value);
        if (option == NativeSocketOptions.UDP_GRO) {
            received.merges(Boolean.TRUE.equals(value));
        }
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return options.get(this, option);
    }

    @Override
    public Set<SocketOption<?>> options() {
        return options.supported();
    }

    @Override
    public String toString() {
        SocketAddress peer = remote;
        return peer == null ? "datagram descriptor " + fd.number() : Addresses.text(peer);
    }
}
