package gyre.sys.posix;

import static gyre.natives.Layout.SOCKADDR_STORAGE_SIZE;
import static gyre.natives.Layout.SOCK_CLOEXEC;
import static gyre.natives.Layout.SOCK_NONBLOCK;

import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.natives.Sys;
import gyre.sys.Addresses;
import gyre.sys.ListenSocket;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listening TCP or Unix stream socket. Linux hands down its options, {@code TCP_NODELAY} among them, to what it accepts. */
final class PosixListener extends PosixSource implements ListenSocket {
    private final int domain;
    private final PosixOptions options;
    private boolean lingers;

    /**
     * Takes over a socket.
     *
     * @param lingers whether {@code SO_LINGER} is on, which it hands down too
     */
    PosixListener(int descriptor, int domain, boolean lingers) {
        super(descriptor);
        this.domain = domain;
        this.options = PosixOptions.ofListener(domain);
        this.lingers = lingers;
    }

    @Override
    public void listen(SocketAddress local, int backlog) throws IOException {
        if (backlog < 1) {
            throw new IllegalArgumentException("the backlog must be at least 1: " + backlog);
        }
        SocketCalls.bind(this, domain, local);
        int result = Libc.listen(fd.number(), backlog);
        if (result < 0) {
            throw failure(result, "listen on " + Addresses.text(local));
        }
    }

    @Override
    public @Nullable StreamSocket accept() throws IOException {
        ByteBuffer scratch = Scratch.get();
        int n;
        do {
            scratch.putInt(Scratch.LENGTH, SOCKADDR_STORAGE_SIZE);
            n = Sys.accept4(
                    fd.number(),
                    Scratch.address(scratch, Scratch.ADDRESS),
                    Scratch.address(scratch, Scratch.LENGTH),
                    SOCK_NONBLOCK | SOCK_CLOEXEC);
        } while (n == -Errno.EINTR);
        if (n >= 0) {
            return new PosixStream(n, domain, SockAddr.decode(scratch, scratch.getInt(Scratch.LENGTH)), lingers);
        }
        if (n == -Errno.EAGAIN) {
            return null;
        }
        throw failure(n, "accept on " + this);
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return SocketCalls.local(this);
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        options.set(this, option, value);
        lingers |= PosixOptions.isLinger(option);
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
        return "listening descriptor " + fd.number();
    }
}
