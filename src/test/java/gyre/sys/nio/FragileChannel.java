package gyre.sys.nio;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** A channel of which one method fails. */
final class FragileChannel extends SocketChannel {
    /** What fails. */
    enum Flaw {
        BLOCKING,
        REMOTE_ADDRESS,
        LINGER
    }

    private final Flaw flaw;

    FragileChannel(Flaw flaw) {
        super(SelectorProvider.provider());
        this.flaw = flaw;
    }

    private void failFor(Flaw asked) throws IOException {
        if (flaw == asked) {
            throw new IOException("no " + flaw);
        }
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        failFor(Flaw.BLOCKING);
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        failFor(Flaw.REMOTE_ADDRESS);
        return null;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        return name.type().cast(1);
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        failFor(Flaw.LINGER);
        return this;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of(StandardSocketOptions.SO_LINGER);
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public SocketChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel shutdownInput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel shutdownOutput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean connect(SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean finishConnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }
}
