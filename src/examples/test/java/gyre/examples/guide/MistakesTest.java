package gyre.examples.guide;

import static gyre.examples.guide.RunningLoop.ANY_PORT;
import static gyre.examples.guide.RunningLoop.PATIENCE;
import static gyre.examples.guide.RunningLoop.client;
import static gyre.examples.guide.RunningLoop.read;
import static gyre.examples.guide.RunningLoop.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.net.TcpListener;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class MistakesTest {
    // guide: limit
    static Future<Void> serveAtMost(int connections, TcpListener listener) {
        return listener.incoming()
                .bufferUnordered(
                        connections,
                        socket -> Futures.using(socket, s -> Copy.copy(s, s)).recover(error -> 0L))
                .forEach(bytes -> {});
    }
    // end

    @Test
    void whoIsBeyondTheLimitWaits() throws Exception {
        try (RunningLoop loop = new RunningLoop()) {
            InetSocketAddress address = loop.get(pinned -> {
                TcpListener listener = TcpListener.bind(ANY_PORT, pinned.handle());
                pinned.spawn(serveAtMost(1, listener));
                return Futures.ready(listener.localAddress());
            });
            try (Socket first = client(address);
                    Socket second = client(address)) {
                write(first, "1");
                assertEquals("1", read(first, 1));
                write(second, "2");
                second.setSoTimeout(100);
                assertThrows(SocketTimeoutException.class, () -> read(second, 1));
                first.shutdownOutput();
                second.setSoTimeout((int) PATIENCE.toMillis());
                assertEquals("2", read(second, 1));
            }
        }
    }
}
