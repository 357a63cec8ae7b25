package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gyre.buffer.Buf;
import gyre.testing.BackendCount;
import gyre.testing.UsableBackends;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the contracts share: a backend's selector, sockets on the loopback interface, and their end. */
abstract class BackendContract {
    static final ProtocolFamily INET = StandardProtocolFamily.INET;
    static final SocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @RegisterExtension
    final BackendCount count = new BackendCount(backend().name());

    private final Deque<Closeable> open = new ArrayDeque<>();
    Selector selector;
    Turns turns;

    abstract Backend backend();

    @BeforeEach
    void openSelector() throws IOException {
        assumeTrue(UsableBackends.works(backend()), "the backend can't be used here");
        selector = keep(backend().selector());
        turns = new Turns(selector);
    }

    @AfterEach
    void closeEverything() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** Sees to it that it is closed. */
    <C extends Closeable> C keep(C closeable) {
        open.push(closeable);
        return closeable;
    }

    ListenSocket listen(ProtocolFamily family, SocketAddress local) throws IOException {
        ListenSocket listener = keep(backend().listener(family));
        listener.listen(local, 128);
        return listener;
    }

    ListenSocket listen() throws IOException {
        return listen(INET, ANY_PORT);
    }

    StreamSocket stream() throws IOException {
        return keep(backend().stream(INET));
    }

    /** An address where a moment ago somebody listened. */
    SocketAddress nobody() throws IOException {
        try (ListenSocket listener = backend().listener(INET)) {
            listener.listen(ANY_PORT, 1);
            return listener.localAddress();
        }
    }

    Link watch(StreamSocket socket) throws IOException {
        Recorder told = new Recorder();
        selector.register(socket, told);
        return new Link(socket, told, turns);
    }

    Link connect(StreamSocket socket, SocketAddress remote) throws IOException {
        boolean connected = socket.connect(remote);
        Link link = watch(socket);
        while (!connected) {
            turns.await(socket, link.told(), Ready.WRITE);
            connected = socket.finishConnect();
        }
        return link;
    }

    /** The listener is in blocking use here, without a watcher: what was connected arrives at once. */
    StreamSocket accept(ListenSocket listener) throws IOException {
        while (true) {
            StreamSocket accepted = listener.accept();
            if (accepted != null) {
                return keep(accepted);
            }
            Thread.onSpinWait();
        }
    }

    /** Two ends of a connection, both watched. */
    record Pair(Link client, Link server) {}

    Pair pair(ProtocolFamily family, SocketAddress at) throws IOException {
        ListenSocket listener = listen(family, at);
        Link client = connect(keep(backend().stream(family)), listener.localAddress());
        return new Pair(client, watch(accept(listener)));
    }

    Pair pair() throws IOException {
        return pair(INET, ANY_PORT);
    }

    static void assertText(String expected, Buf actual) {
        assertEquals(expected, actual.text(StandardCharsets.UTF_8));
    }
}
