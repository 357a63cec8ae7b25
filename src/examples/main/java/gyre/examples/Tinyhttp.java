package gyre.examples;

import gyre.examples.http.HttpDecoder;
import gyre.examples.http.HttpEncoder;
import gyre.examples.http.HttpRequest;
import gyre.examples.http.HttpResponse;
import gyre.examples.http.Responses;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.codec.Framed;
import gyre.net.Deadlines;
import gyre.net.SharedPort;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import gyre.reactor.CoreBuilder;
import gyre.reactor.CoreGroup;
import gyre.reactor.Drained;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.reactor.TaskGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A web server with two pages, {@code /plaintext} and {@code /json}, on several threads that share its port. */
public final class Tinyhttp {
    private static final HttpResponse PLAINTEXT =
            HttpResponse.of("200 OK", "Content-Type: text/plain\r\n", "Hello, World!");
    private static final HttpResponse JSON =
            HttpResponse.of("200 OK", "Content-Type: application/json\r\n", "{\"message\":\"Hello, World!\"}");
    private static final HttpResponse NOT_FOUND = HttpResponse.empty("404 Not Found");
    private static final HttpResponse NOT_ALLOWED =
            HttpResponse.of("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "");

    /** How long a client that is told goodbye may go on sending: closed at once, it might never see the answer. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Whoever is silent for so long, or takes nothing, or sends a byte now and then, has no claim to a connection. */
    private static final Deadlines DEADLINES = Deadlines.NONE
            .firstByte(Duration.ofSeconds(10))
            .idle(Duration.ofMinutes(1))
            .write(Duration.ofSeconds(30))
            .total(Duration.ofHours(1));

    /** How long connections may take to end when the server stops. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Handle handle;
    private final TcpListener listener;
    private final JoinHandle<Void> accepting;
    private final TaskGroup connections;
    private final HttpEncoder encoder = new HttpEncoder();

    /** One loop's part of the server. */
    private Tinyhttp(SharedPort port, Handle handle) throws IOException {
        this.handle = handle;
        this.listener = port.listen(handle);
        this.connections = new TaskGroup(handle);
        this.accepting = handle.spawn(
                listener.incoming().forEach(socket -> connections.spawn(Console.reported(socket, serve(socket)))));
    }

    public static void main(String[] args) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        Arguments arguments = Arguments.of(
                "tinyhttp [ADDRESS=127.0.0.1:8080] [N=" + processors + "]",
                "Serves /plaintext and /json over HTTP/1.1, on N threads.",
                args);
        Future<Void> stop = Signals.stop();
        CoreBuilder options = Core.builder().backend(arguments.backend());
        SharedPort port = SharedPort.of(arguments.address());
        Queue<Tinyhttp> parts = new ConcurrentLinkedQueue<>();
        try (CoreGroup group = CoreGroup.builder()
                        .size(arguments.number())
                        .core(options)
                        .threads("http")
                        .start(pinned -> {
                            parts.add(new Tinyhttp(port, pinned.handle()));
                            return Futures.done();
                        });
                Core core = options.open()) {
            System.out.println("Listening on: " + Address.text(port.address()));
            core.run(stop.race(Futures.from(group.ended())));
            for (Drained drained :
                    core.run(Futures.joinAll(parts.stream().map(Tinyhttp::stop).toList()))) {
                if (!drained.isComplete()) {
                    System.out.println("cut " + drained.cut() + " connections");
                }
            }
        }
    }

    /** Accepts no more, and ends each connection when it has answered what has begun to come. From any thread. */
    private Future<Drained> stop() {
        return handle.spawnFn(pinned -> {
            accepting.abort();
            listener.close();
            return connections.drain(GRACE);
        });
    }

    private Future<Void> serve(TcpStream socket) {
        Framed<HttpResponse, HttpRequest> framed = Framed.of(DEADLINES.on(socket, handle), new HttpDecoder(), encoder);
        return Futures.using(
                framed,
                http -> new Responses(http, Tinyhttp::answer, connections.draining())
                        .forward(http)
                        .andThen(done -> handle.timeout(http.forEach(late -> {}), LINGER)));
    }

    private static HttpResponse answer(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return NOT_ALLOWED;
        }
        return switch (request.target()) {
            case "/plaintext" -> PLAINTEXT;
            case "/json" -> JSON;
            default -> NOT_FOUND;
        };
    }
}
