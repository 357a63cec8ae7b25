package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.future.Futures;
import gyre.io.Copy;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Behaviour 50: {@code bufferUnordered} is a limit of connections; who comes above it waits, and the others don't notice. */
@EveryBackend
class ConnectionLimitTest extends OnLoop {
    private static final int LIMIT = 3;
    private static final int CLIENTS = 20;

    private int open;
    private int most;

    ConnectionLimitTest(Backend backend) {
        super(backend);
    }

    @Test
    void whoComesAboveTheLimitWaitsAndTheOthersAreServed() throws Exception {
        TcpListener listener = listen();
        JoinHandle<Void> serving = handle.spawn(listener.incoming()
                .bufferUnordered(LIMIT, socket -> {
                    most = Math.max(most, ++open);
                    return Futures.using(socket, s -> Copy.copy(s, s)).onEnd(end -> open--);
                })
                .forEach(bytes -> {}));
        Deque<Pair> clients = new ArrayDeque<>();
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = client(listener.localAddress());
            clients.add(new Pair(null, socket));
            clients.getLast().send("client");
        }
        settle();
        while (!clients.isEmpty()) {
            int served = Math.min(LIMIT, clients.size());
            Pair first = clients.getFirst();
            assertEquals("client", run(await(aside(() -> first.receive(6)))));
            settle();
            assertEquals(served, open);
            if (clients.size() > LIMIT) {
                assertEquals(0, clients.getLast().theirs().getInputStream().available(), "the last one waits");
            }
            clients.remove().theirs().close();
            settle();
        }
        while (open > 0) {
            core.turn(null);
        }
        assertEquals(LIMIT, most);
        serving.abort();
        settle();
    }
}
