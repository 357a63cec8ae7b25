package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.ReadExact;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.LastResort;
import gyre.testing.SpyBackend;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One busy source of a loop that always spins is tried without the selector. What is sent here has arrived before the loop turns. */
@EveryBackend
class HotSourceTest {
    private static final int ROUNDS = 200;

    private final SpyBackend spy;
    private Core core;
    private Handle handle;
    private CompletableFuture<Void> over;
    private TcpListener listener;
    private Socket[] clients;
    private TcpStream[] servers;

    HotSourceTest(Backend backend) {
        spy = new SpyBackend(backend);
    }

    private void open(WaitStrategy strategy, int connections) throws Exception {
        core = Core.builder().backend(spy).waitStrategy(strategy).open();
        handle = core.handle();
        over = LastResort.closes(core);
        listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
        clients = new Socket[connections];
        servers = new TcpStream[connections];
        for (int i = 0; i < connections; i++) {
            InetSocketAddress server = listener.localAddress();
            clients[i] = new Socket(server.getAddress(), server.getPort());
            servers[i] = core.run(listener.accept());
        }
    }

    @AfterEach
    void close() throws Exception {
        for (Socket each : clients) {
            each.close();
        }
        core.close();
        over.complete(null);
    }

    /** Sends a byte once the loop waits for it; how often the selector was asked until it had come. */
    private long looks(int connection) throws Exception {
        Future<Buf> read = ReadExact.readExact(servers[connection], Buf.allocate(1));
        boolean[] sent = {false};
        long before = spy.looks.get();
        Buf got = core.run(Futures.pollFn(task -> {
            Poll<Buf> poll = read.poll(task);
            if (!poll.isReady() && !sent[0]) {
                sent[0] = true;
                clients[connection].getOutputStream().write(connection + 1);
            }
            return poll;
        }));
        assertEquals(connection + 1, got.get());
        return spy.looks.get() - before;
    }

    private void heat(int connection) throws Exception {
        for (int i = 0; i < 50; i++) {
            looks(connection);
        }
    }

    @Test
    void theBusySourceIsReadWithoutTheSelector() throws Exception {
        open(WaitStrategy.spin(), 2);
        long looks = 0;
        for (int i = 0; i < ROUNDS; i++) {
            looks += looks(0);
        }
        assertTrue(looks > 0, "the selector is never asked");
        assertTrue(looks < ROUNDS / 2, looks + " looks for " + ROUNDS + " reads");
    }

    @Test
    void twoBusySourcesAreLeftToTheSelector() throws Exception {
        open(WaitStrategy.spin(), 2);
        for (int i = 0; i < ROUNDS; i++) {
            assertTrue(looks(i & 1) > 0, "read number " + i + " came without a look");
        }
    }

    @Test
    void aStrategyThatMayParkAlwaysAsksTheSelector() throws Exception {
        open((spun, waited) -> Long.MAX_VALUE, 1);
        for (int i = 0; i < ROUNDS; i++) {
            assertTrue(looks(0) > 0, "read number " + i + " came without a look");
        }
    }

    @Test
    void theOthersAreServedWhileItsReaderWaitsInVain() throws Exception {
        open(WaitStrategy.spin(), 2);
        heat(0);
        JoinHandle<Buf> waiting = handle.spawn(ReadExact.readExact(servers[0], Buf.allocate(1)));
        looks(1);
        core.run(handle.sleep(Duration.ofMillis(2)));
        assertFalse(waiting.isDone());
        clients[0].getOutputStream().write(5);
        assertEquals(5, core.run(waiting).get());
    }

    @Test
    void theOthersAreServedWhileNobodyReadsIt() throws Exception {
        open(WaitStrategy.spin(), 2);
        heat(0);
        looks(1);
        core.run(handle.sleep(Duration.ofMillis(2)));
        core.turn(Duration.ofMillis(1));
    }

    @Test
    void itsEndIsNoticed() throws Exception {
        open(WaitStrategy.spin(), 1);
        heat(0);
        JoinHandle<Buf> waiting = handle.spawn(ReadExact.readExact(servers[0], Buf.allocate(1)));
        core.turn(Duration.ZERO);
        clients[0].shutdownOutput();
        assertThrows(EOFException.class, () -> core.run(waiting));
    }

    @Test
    void onceClosedItIsLeftAlone() throws Exception {
        open(WaitStrategy.spin(), 2);
        heat(0);
        JoinHandle<Buf> waiting = handle.spawn(ReadExact.readExact(servers[0], Buf.allocate(1)));
        core.turn(Duration.ZERO);
        servers[0].close();
        assertThrows(ClosedChannelException.class, () -> core.run(waiting));
        assertTrue(looks(1) > 0);
        heat(1);
    }
}
