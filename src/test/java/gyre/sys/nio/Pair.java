package gyre.sys.nio;

import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;

/** Two TCP sockets, connected to each other. */
record Pair(StreamSocket client, StreamSocket server) implements AutoCloseable {
    static final Backend NIO = new NioBackend();

    static Pair open() throws IOException {
        try (ListenSocket listener = listener()) {
            StreamSocket client = NIO.stream(StandardProtocolFamily.INET);
            client.connect(listener.localAddress());
            return new Pair(finish(client), accept(listener));
        }
    }

    static ListenSocket listener() throws IOException {
        ListenSocket listener = NIO.listener(StandardProtocolFamily.INET);
        listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        return listener;
    }

    static StreamSocket finish(StreamSocket client) throws IOException {
        while (!client.finishConnect()) {
            Thread.onSpinWait();
        }
        return client;
    }

    static StreamSocket accept(ListenSocket listener) throws IOException {
        while (true) {
            StreamSocket accepted = listener.accept();
            if (accepted != null) {
                return accepted;
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
