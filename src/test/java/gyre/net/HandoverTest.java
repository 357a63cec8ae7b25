package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.WriteAll;
import gyre.reactor.Core;
import gyre.reactor.JoinHandle;
import gyre.reactor.LoopClosedException;
import gyre.sys.Backend;
import gyre.sys.Backends;
import gyre.testing.EveryBackend;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection between its acceptance and its registration with another loop. */
@EveryBackend
class HandoverTest extends OnLoop {
    private Core other;
    private TcpListener listener;

    HandoverTest(Backend backend) {
        super(backend);
    }

    @BeforeEach
    void openOther() throws Exception {
        other = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((t, e) -> uncaught.add(e))
                .open();
        listener = listen();
    }

    @AfterEach
    void closeOther() throws Exception {
        other.close();
    }

    private Accepted accept() throws Exception {
        return later(run(listener.handover().take(1).collect()).get(0));
    }

    private static void assertEnd(Socket client) throws Exception {
        assertEquals(-1, client.getInputStream().read());
    }

    @Test
    void theOtherLoopServesIt() throws Exception {
        Socket client = client(listener.localAddress());
        Accepted accepted = accept();
        assertEquals(client.getLocalSocketAddress(), accepted.remoteAddress());
        JoinHandle<Long> echo = accepted.spawn(other.handle(), socket -> {
            assertEquals(other.handle(), socket.handle());
            return Copy.copy(socket, socket);
        });
        client.getOutputStream().write(new byte[] {1, 2, 3});
        client.shutdownOutput();
        assertEquals(3, other.run(other.handle().timeout(echo, PATIENCE)));
        assertEquals(3, client.getInputStream().readAllBytes().length);
        assertThrows(ClosedChannelException.class, () -> accepted.register(handle));
    }

    @Test
    void bytesThatCameBeforeTheHandoverAreRead() throws Exception {
        Socket client = client(listener.localAddress());
        client.getOutputStream().write("early".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Accepted accepted = accept();
        settle();
        assertEquals(
                "early",
                other.run(other.handle()
                        .timeout(accepted.spawn(other.handle(), socket -> expect(socket, "early")), PATIENCE)));
    }

    @Test
    void aPeerThatGoesBeforeTheHandoverCostsOnlyItself() throws Exception {
        Socket client = client(listener.localAddress());
        Accepted accepted = accept();
        client.setSoLinger(true, 0);
        client.close();
        JoinHandle<Integer> read = accepted.spawn(other.handle(), socket -> read(socket, Buf.allocate(1)));
        assertThrows(java.io.IOException.class, () -> other.run(other.handle().timeout(read, PATIENCE)));
        uncaught.clear();
        assertEquals(1, other.run(Futures.ready(1)));
    }

    @Test
    void aClosedLoopClosesIt() throws Exception {
        Socket client = client(listener.localAddress());
        Accepted accepted = accept();
        other.close();
        assertThrows(
                LoopClosedException.class, () -> accepted.spawn(other.handle(), socket -> Copy.copy(socket, socket)));
        assertEnd(client);
    }

    @Test
    void aLoopThatClosesMeanwhileClosesIt() throws Exception {
        Socket client = client(listener.localAddress());
        JoinHandle<Long> echo = accept().spawn(other.handle(), socket -> Copy.copy(socket, socket));
        other.close(); // before its turn
        assertTrue(echo.isDone());
        assertEnd(client);
    }

    @Test
    void abortingBeforeItsTurnClosesIt() throws Exception {
        Socket client = client(listener.localAddress());
        JoinHandle<Long> echo = accept().spawn(other.handle(), socket -> Copy.copy(socket, socket));
        echo.abort();
        // The future was never polled and holds the connection: its end is the task's.
        assertThrows(CancellationException.class, () -> other.run(echo));
        assertEnd(client);
    }

    @Test
    void abortingLaterClosesIt() throws Exception {
        Socket client = client(listener.localAddress());
        JoinHandle<Long> echo = accept().spawn(other.handle(), socket -> Copy.copy(socket, socket));
        other.turn(Duration.ZERO);
        echo.abort();
        assertThrows(CancellationException.class, () -> other.run(echo));
        assertEnd(client);
    }

    @Test
    void aFunctionThatFailsClosesIt() throws Exception {
        Socket client = client(listener.localAddress());
        JoinHandle<Object> failing = accept().spawn(other.handle(), socket -> {
            throw new IllegalStateException("no");
        });
        assertThrows(IllegalStateException.class, () -> other.run(failing));
        uncaught.clear();
        assertEnd(client);
    }

    @Test
    void closingItBeforeItIsTakenEndsIt() throws Exception {
        Socket client = client(listener.localAddress());
        Accepted accepted = accept();
        accepted.close();
        accepted.close();
        assertEnd(client);
        assertThrows(ClosedChannelException.class, () -> accepted.register(handle));
    }

    @Test
    void aLoopMayTakeItAndKeepIt() throws Exception {
        Socket client = client(listener.localAddress());
        Accepted accepted = accept();
        AtomicReference<TcpStream> kept = new AtomicReference<>();
        other.run(Futures.lazy(() -> {
            kept.set(accepted.register(other.handle()));
            return Futures.done();
        }));
        accepted.close();
        other.run(WriteAll.writeAll(kept.get(), Buf.copyOf("hi")));
        assertEquals('h', client.getInputStream().read());
    }

    @Test
    void offTheLoopItIsNotTaken() throws Exception {
        Socket client = client(listener.localAddress());
        Accepted accepted = accept();
        other.turn(Duration.ZERO);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        aside(() -> {
                    thrown.set(assertThrows(IllegalStateException.class, () -> accepted.register(other.handle())));
                    return null;
                })
                .get();
        assertTrue(thrown.get().getMessage().contains("spawnFn"), thrown.get().getMessage());
        accepted.register(other.handle()).close();
        assertEnd(client);
    }

    /** epoll and kqueue share their sockets: one of the two has to be NIO. */
    @Test
    void aLoopOfAnotherBackendRefusesAndClosesIt() throws Exception {
        Socket client = client(listener.localAddress());
        Accepted accepted = accept();
        Backend foreign = Backends.all().stream()
                .filter(each ->
                        (each.name().equals("nio") != backend.name().equals("nio")) && each.unavailable() == null)
                .findFirst()
                .orElse(null);
        if (foreign == null) {
            gyre.testing.Tool.skip("there is one backend only");
            return;
        }
        try (Core strange = Core.builder().backend(foreign).open()) {
            assertThrows(IllegalArgumentException.class, () -> accepted.register(strange.handle()));
        }
        assertEnd(client);
    }

    @Test
    void cancellingLosesNoConnection() throws Exception {
        var waiting = handle.spawn(listener.handover().take(1).collect());
        settle();
        waiting.abort();
        settle();
        Socket client = client(listener.localAddress());
        assertEquals(client.getLocalSocketAddress(), accept().remoteAddress());
        assertFalse(accept(client) == null);
    }

    private TcpStream accept(Socket unused) throws Exception {
        client(listener.localAddress());
        return later(run(listener.accept()));
    }
}
