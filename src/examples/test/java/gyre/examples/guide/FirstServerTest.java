package gyre.examples.guide;

import static gyre.examples.guide.RunningLoop.ANY_PORT;
import static gyre.examples.guide.RunningLoop.client;
import static gyre.examples.guide.RunningLoop.read;
import static gyre.examples.guide.RunningLoop.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Copy;
import gyre.io.ReadExact;
import gyre.io.WriteAll;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FirstServerTest {
    @Test
    void serverEchoes() throws Exception {
        InetSocketAddress address = ANY_PORT;
        CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        CompletableFuture<String> answer = listening.thenApplyAsync(server -> {
            try (Socket first = client(server);
                    Socket second = client(server)) {
                write(second, "second");
                write(first, "first");
                return read(first, 5) + " " + read(second, 6);
            } catch (Exception e) {
                throw new AssertionError(e);
            } finally {
                stop.complete(null);
            }
        });
        // guide: server
        try (Core core = Core.open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(address, handle);
            listening.complete(listener.localAddress());
            Future<Void> server =
                    listener.incoming().forEach(socket -> handle.spawn(Futures.using(socket, s -> Copy.copy(s, s))));
            core.run(server.race(Futures.from(stop)));
        }
        // end
        assertEquals("first second", answer.join());
    }

    // guide: client
    static Future<String> ask(InetSocketAddress server, String question, int length, Handle handle) {
        Future<String> answer = TcpStream.connect(server, handle)
                .andThen(socket -> Futures.using(
                        socket,
                        s -> WriteAll.writeAll(s, Buf.copyOf(question))
                                .andThen(sent -> ReadExact.readExact(s, Buf.allocate(length)))
                                .map(buf -> buf.text(UTF_8))));
        return handle.timeout(answer, Duration.ofSeconds(2));
    }
    // end

    @Test
    void clientAsksAndGivesUp() throws Exception {
        try (Core core = Core.open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(ANY_PORT, handle);
            JoinHandle<Void> server = handle.spawn(listener.incoming()
                    .take(1)
                    .forEachAwait(s -> Futures.using(s, both -> Copy.copy(both, both))));
            assertEquals("ping", core.run(ask(listener.localAddress(), "ping", 4, handle)));
            core.run(server);
            assertThrows(
                    SocketTimeoutException.class, () -> core.run(ask(listener.localAddress(), "anybody?", 1, handle)));
        }
    }

    // guide: gate
    /** Done once it was opened. */
    static final class Gate implements Future<Void> {
        private boolean open;
        private @Nullable Task waiting;

        @Override
        public Poll<Void> poll(Task task) {
            if (open) {
                return Poll.done();
            }
            waiting = task; // whoever answers "pending" has kept the task
            return Poll.pending();
        }

        void open() {
            open = true;
            if (waiting != null) {
                waiting.wake();
            }
        }
    }
    // end

    @Test
    void gateWakesWhoWaits() throws Exception {
        try (Core core = Core.open()) {
            Gate gate = new Gate();
            JoinHandle<String> waiting = core.handle().spawn(gate.map(done -> "through"));
            core.turn(Duration.ZERO);
            assertEquals(false, waiting.isDone());
            core.handle().execute(gate::open);
            assertEquals("through", core.run(waiting));
        }
    }
}
