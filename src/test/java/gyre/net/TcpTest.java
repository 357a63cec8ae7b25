package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gyre.future.Future;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The original's three. */
@EveryBackend
class TcpTest extends OnLoop {
    TcpTest(Backend backend) {
        super(backend);
    }

    @Test
    void connect() throws Exception {
        ServerSocket server = server();
        CompletableFuture<Socket> accepted = aside(() -> later(server.accept()));
        TcpStream mine = later(run(TcpStream.connect(loopback(server.getLocalPort()), handle)));
        assertEnds(mine, accepted.get());
    }

    @Test
    void accept() throws Exception {
        TcpListener listener = listen();
        AtomicBoolean sent = new AtomicBoolean();
        Future<TcpStream> first = first(listener, sent);
        CompletableFuture<Socket> connected = aside(() -> client(listener.localAddress()));
        assertFalse(sent.get(), "nothing happens before run");
        TcpStream mine = later(run(first));
        assertEquals(true, sent.get());
        assertEnds(mine, connected.get());
    }

    @Test
    void accept2() throws Exception {
        TcpListener listener = listen();
        Socket connected = client(listener.localAddress());
        AtomicBoolean sent = new AtomicBoolean();
        Future<TcpStream> first = first(listener, sent);
        assertFalse(sent.get(), "nothing happens before run");
        assertEnds(later(run(first)), connected);
    }

    private static Future<TcpStream> first(TcpListener listener, AtomicBoolean sent) {
        return listener.incoming()
                .map(stream -> {
                    sent.set(true);
                    return stream;
                })
                .take(1)
                .collect()
                .map(all -> all.get(0));
    }

    private static void assertEnds(TcpStream mine, Socket theirs) throws Exception {
        assertEquals(theirs.getRemoteSocketAddress(), mine.localAddress());
        assertEquals(theirs.getLocalSocketAddress(), mine.remoteAddress());
    }
}
