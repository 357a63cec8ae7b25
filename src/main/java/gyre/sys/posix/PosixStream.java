package gyre.sys.posix;

import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.IOVEC_BASE;
import static gyre.natives.Layout.IOVEC_LEN;
import static gyre.natives.Layout.MSGHDR_IOVLEN;
import static gyre.natives.Layout.MSG_CMSG_CLOEXEC;
import static gyre.natives.Layout.MSG_DONTWAIT;
import static gyre.natives.Layout.MSG_NOSIGNAL;
import static gyre.natives.Layout.MSG_PEEK;
import static gyre.natives.Layout.SHUT_RD;
import static gyre.natives.Layout.SHUT_WR;

import gyre.buffer.Buf;
import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.natives.Sys;
import gyre.sys.Addresses;
import gyre.sys.BacklogFullException;
import gyre.sys.Descriptor;
import gyre.sys.FileSender;
import gyre.sys.PeerCredentials;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NoConnectionPendingException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A TCP or Unix stream socket. {@code MSG_DONTWAIT} goes with every call, since who shares an adopted descriptor may
 * make it blocking again.
 */
final class PosixStream extends PosixSource implements StreamSocket {
    private static final int READ = MSG_DONTWAIT;
    private static final int WRITE = MSG_DONTWAIT | MSG_NOSIGNAL;

    private final int domain;
    private final PosixOptions options;
    private @Nullable SocketAddress remote;
    private @Nullable SocketAddress pending;
    private boolean lingers;

    /**
     * Takes over a socket.
     *
     * @param remote the peer, if it is connected
     * @param lingers whether {@code SO_LINGER} may be on
     */
    PosixStream(int descriptor, int domain, @Nullable SocketAddress remote, boolean lingers) {
        super(descriptor);
        this.domain = domain;
        this.options = PosixOptions.ofStream(domain);
        this.remote = remote;
        this.lingers = lingers;
    }

    @Override
    boolean tellsEveryRead() {
        return domain == AF_UNIX;
    }

    @Override
    public int read(Buf into) throws IOException {
        return receive(into, READ);
    }

    @Override
    public int peek(Buf into) throws IOException {
        return receive(into, READ | MSG_PEEK);
    }

    private int receive(Buf into, int flags) throws IOException {
        long address = room(into);
        int n;
        do {
            n = Sys.recv(fd.number(), address, into.writable(), flags);
        } while (n == -Errno.EINTR);
        Reference.reachabilityFence(into);
        return filled(into, n);
    }

    @Override
    public int write(Buf from) throws IOException {
        long address = from.address(ADDRESS) + from.readIndex();
        int length = from.readable();
        if (length == 0) {
            return 0;
        }
        int n;
        do {
            n = Sys.send(fd.number(), address, length, WRITE);
        } while (n == -Errno.EINTR);
        Reference.reachabilityFence(from);
        return drained(from, n);
    }

    @Override
    public int write(Buf[] from, int offset, int count) throws IOException {
        ByteBuffer scratch = Scratch.get();
        if (Gather.list(scratch, from, offset, count) == 0) {
            return 0;
        }
        int n;
        do {
            n = Sys.sendmsg(fd.number(), Scratch.address(scratch, Scratch.MESSAGE), WRITE);
        } while (n == -Errno.EINTR);
        Reference.reachabilityFence(from);
        return drained(from, offset, n);
    }

    @Override
    public int send(Buf from, int[] descriptors) throws IOException {
        checkUnix("descriptors travel only over Unix sockets, not over ");
        Passing.check(descriptors);
        if (from.readable() == 0) {
            throw new IllegalArgumentException("there is no byte to carry the descriptors: " + from);
        }
        ByteBuffer scratch = Scratch.get();
        one(scratch, from.address(ADDRESS) + from.readIndex(), from.readable());
        Passing.attach(scratch, Scratch.MESSAGE, descriptors);
        int n;
        do {
            n = Sys.sendmsg(fd.number(), Scratch.address(scratch, Scratch.MESSAGE), WRITE);
        } while (n == -Errno.EINTR);
        Passing.clear(scratch, Scratch.MESSAGE);
        Reference.reachabilityFence(from);
        return drained(from, n);
    }

    @Override
    public int receive(Buf into, List<Descriptor> received) throws IOException {
        checkUnix("descriptors travel only over Unix sockets, not over ");
        ByteBuffer scratch = Scratch.get();
        one(scratch, room(into), into.writable());
        Passing.expect(scratch, Scratch.MESSAGE);
        int n;
        do {
            n = Sys.recvmsg(fd.number(), Scratch.address(scratch, Scratch.MESSAGE), READ | MSG_CMSG_CLOEXEC);
        } while (n == -Errno.EINTR);
        Reference.reachabilityFence(into);
        try {
            int count = filled(into, n);
            if (count > 0) {
                Passing.take(scratch, Scratch.MESSAGE, received);
            }
            return count;
        } finally {
            Passing.clear(scratch, Scratch.MESSAGE);
        }
    }

    @Override
    public @Nullable FileSender fileSender() {
        return FilePipe.open(this);
    }

    private static void one(ByteBuffer scratch, long address, int length) {
        scratch.putLong(Scratch.IOV + IOVEC_BASE, address);
        scratch.putLong(Scratch.IOV + IOVEC_LEN, length);
        Size.put(scratch, Scratch.MESSAGE + MSGHDR_IOVLEN, 1);
    }

    @Override
    public PeerCredentials peerCredentials() throws IOException {
        checkUnix("only a Unix socket knows its peer's user and process, not ");
        return Credentials.of(this);
    }

    private void checkUnix(String refusal) {
        if (domain != AF_UNIX) {
            throw new UnsupportedOperationException(refusal + this);
        }
    }

    @Override
    public boolean shortReadDrains() {
        return domain != AF_UNIX;
    }

    @Override
    public void bind(SocketAddress local) throws IOException {
        SocketCalls.bind(this, domain, local);
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        ByteBuffer scratch = Scratch.get();
        int length = SockAddr.encode(remote, domain, scratch);
        int result = Libc.connect(fd.number(), Scratch.address(scratch, Scratch.ADDRESS), length);
        // After a signal it goes on by itself.
        if (result == -Errno.EINPROGRESS || result == -Errno.EINTR) {
            pending = remote;
            return false;
        }
        if (result == -Errno.EAGAIN && domain == AF_UNIX) {
            throw new BacklogFullException(
                    "connect " + Addresses.text(remote) + ": the listener's queue is full (EAGAIN)");
        }
        if (result < 0) {
            throw failure(result, "connect " + Addresses.text(remote));
        }
        pending = remote;
        if (!finishConnect()) {
            // TCP_FASTOPEN_CONNECT: it begins with the first write, and nothing else will tell of it.
            this.remote = remote;
        }
        return true;
    }

    @Override
    public boolean finishConnect() throws IOException {
        if (remote != null) {
            return true;
        }
        SocketAddress to = pending;
        if (to == null) {
            throw new NoConnectionPendingException();
        }
        // That a write is possible says no more than that the attempt is over; who has a peer needs no other question.
        SocketAddress peer = SocketCalls.peer(this);
        if (peer == null) {
            int error = SocketCalls.error(this);
            if (error != 0) {
                pending = null;
                throw failure(-error, "connect " + Addresses.text(to));
            }
            return false;
        }
        // Given the port it connects to as its own, where nobody listens, TCP meets itself.
        if (domain != AF_UNIX && Addresses.same(peer, localAddress())) {
            pending = null;
            throw new ConnectException(
                    "connect " + Addresses.text(to) + ": nobody listens there, the socket met itself");
        }
        remote = peer;
        return true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        shutdown(SHUT_WR);
    }

    @Override
    public void shutdownInput() throws IOException {
        shutdown(SHUT_RD);
    }

    private void shutdown(int how) throws IOException {
        int result = Libc.shutdown(fd.number(), how);
        // Of a socket that was connected it means that both sides have ended already.
        if (result < 0 && !(result == -Errno.ENOTCONN && remote != null)) {
            throw failure(result, "shutdown of " + this);
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
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        options.set(this, option, value);
        if (PosixOptions.isLinger(option)) {
            lingers = options.get(this, StandardSocketOptions.SO_LINGER) != null;
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

    /** Linux would wait here for a lingering socket, non-blocking or not; without the option it sends the rest behind our back. */
    @Override
    public void close() throws IOException {
        try {
            if (lingers && fd.isOpen()) {
                Integer seconds = options.get(this, StandardSocketOptions.SO_LINGER);
                if (seconds != null && seconds > 0) {
                    options.set(this, StandardSocketOptions.SO_LINGER, -1);
                }
            }
        } finally {
            super.close();
        }
    }

    @Override
    public String toString() {
        SocketAddress peer = remote != null ? remote : pending;
        return peer == null ? "an unconnected socket" : "the connection to " + peer;
    }
}
