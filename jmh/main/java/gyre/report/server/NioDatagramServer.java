package gyre.report.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** Plain {@code java.nio} for UDP: takes datagrams until there is none, and sends each back. */
final class NioDatagramServer implements EchoServer {
    private final Selector selector = Selector.open();
    private final DatagramChannel channel = DatagramChannel.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
    private final Thread loop = new Thread(this::run, "nio");

    NioDatagramServer() throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        loop.start();
    }

    @Override
    public String address() {
        return String.valueOf(channel.socket().getLocalPort());
    }

    @Override
    public Thread loop() {
        return loop;
    }

    private void run() {
        Consumer<SelectionKey> ready = key -> ready();
        try {
            while (true) {
                selector.select(ready);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready() {
        try {
            for (SocketAddress from; (from = channel.receive(buffer.clear())) != null; ) {
                channel.send(buffer.flip(), from);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
