package gyre.report.server;

import gyre.report.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** Plain {@code java.nio} for TCP and Unix sockets: a selector, one thread, and one direct buffer that all connections share. */
final class NioServer implements EchoServer {
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener;
    private final ByteBuffer shared = ByteBuffer.allocateDirect(256 << 10);
    private final String address;
    private final Thread loop = new Thread(this::run, "nio");

    NioServer(Transport transport, String path) throws IOException {
        if (transport == Transport.UNIX) {
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(path), 4_096);
            address = path;
        } else {
            listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
            address = String.valueOf(((InetSocketAddress) listener.getLocalAddress()).getPort());
        }
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        loop.start();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Thread loop() {
        return loop;
    }

    private void run() {
        Consumer<SelectionKey> ready = this::ready;
        try {
            while (true) {
                selector.select(ready);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.channel() == listener) {
                accept();
            } else {
                serve(key, (SocketChannel) key.channel());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel accepted; (accepted = listener.accept()) != null; ) {
            accepted.configureBlocking(false);
            if (accepted.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            accepted.register(selector, SelectionKey.OP_READ);
        }
    }

    /** What a socket does not take at once becomes the key's attachment, and is all that is asked for until it is gone. */
    private void serve(SelectionKey key, SocketChannel socket) throws IOException {
        if (key.attachment() instanceof ByteBuffer rest) {
            socket.write(rest);
            if (!rest.hasRemaining()) {
                key.attach(null);
                key.interestOps(SelectionKey.OP_READ);
            }
            return;
        }
        int read;
        try {
            read = socket.read(shared.clear());
        } catch (IOException e) {
            read = -1; // the peer has reset the connection
        }
        if (read < 0) {
            socket.close();
            return;
        }
        socket.write(shared.flip());
        if (shared.hasRemaining()) {
            key.attach(ByteBuffer.allocateDirect(shared.remaining()).put(shared).flip());
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }
}
