package gyre.soak;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/** Where clients connect to, by the JDK's own sockets. */
record Peer(SocketAddress address) {
    SocketChannel connect() throws IOException {
        return SocketChannel.open(address);
    }
}
