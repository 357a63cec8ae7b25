package gyre.examples.guide;

import static gyre.examples.guide.RunningLoop.ANY_PORT;
import static gyre.examples.guide.RunningLoop.client;
import static gyre.examples.guide.RunningLoop.read;
import static gyre.examples.guide.RunningLoop.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Streams;
import gyre.io.codec.Lines;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import gyre.reactor.Drained;
import gyre.reactor.Signals;
import gyre.reactor.TaskGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    interface Service {
        Future<String> answer(String question);
    }

    // guide: drain
    static Drained serveUntilSignalled(TcpListener listener, Service service, Core core) throws IOException {
        Future<String> signal = Signals.first("TERM", "INT");
        TaskGroup connections = new TaskGroup(core.handle());
        Future<Void> server = listener.incoming()
                .forEach(socket -> connections.spawn(serve(socket, service, connections.draining())));
        core.run(server.race(signal.andThen(name -> Futures.done())));
        listener.close(); // from here on connections are refused
        return core.run(connections.drain(Duration.ofSeconds(10)));
    }

    static Future<Void> serve(TcpStream socket, Service service, Future<Void> draining) {
        return Futures.using(Lines.framed(socket), lines -> {
                    Stream<String> questions = Streams.pollFn(task -> {
                        Poll<String> next = lines.poll(task);
                        boolean idle = next.isPending() && lines.buffered() == 0;
                        return idle && draining.poll(task).isReady() ? Poll.end() : next;
                    });
                    return questions.andThen(service::answer).forward(lines);
                })
                .onEnd(outcome -> draining.cancel());
    }
    // end

    @Test
    void whatIsAskedIsAnsweredBeforeTheEnd() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (Core core = Core.open()) {
            Service service = question -> {
                asked.complete(null);
                return core.handle().sleep(Duration.ofMillis(100)).map(done -> question + "!");
            };
            TcpListener listener = TcpListener.bind(ANY_PORT, core.handle());
            InetSocketAddress address = listener.localAddress();
            CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> seenByClients(address, asked));
            Drained drained = serveUntilSignalled(listener, service, core);
            assertEquals("now!\nand then!\n", seen.join());
            assertEquals(2, drained.finished());
            assertEquals(0, drained.cut());
        }
    }

    /** One that idles and one that asks; the signal comes while it is being answered. */
    private static String seenByClients(InetSocketAddress address, CompletableFuture<Void> asked) {
        try (Socket idle = client(address);
                Socket busy = client(address)) {
            write(busy, "now\nand then\n");
            asked.join();
            Class<?> signal = Class.forName("sun.misc.Signal");
            signal.getMethod("raise", signal)
                    .invoke(null, signal.getConstructor(String.class).newInstance("TERM"));
            assertEquals("", read(idle, 1));
            return read(busy, 100);
        } catch (IOException | ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
