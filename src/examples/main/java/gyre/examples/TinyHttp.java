package gyre.examples;

import gyre.examples.http.HttpDecoder;
import gyre.examples.http.HttpEncoder;
import gyre.examples.http.HttpRequest;
import gyre.examples.http.HttpResponse;
import gyre.examples.http.Responses;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.codec.Framed;
import gyre.net.SharedPort;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import gyre.reactor.CoreBuilder;
import gyre.reactor.CoreGroup;
import gyre.reactor.Handle;
import gyre.reactor.Pinned;
import java.io.IOException;
import java.time.Duration;

/** A web server with two pages, {@code /plaintext} and {@code /json}, on several threads that share its port. */
public final class TinyHttp {
    private static final HttpResponse PLAINTEXT =
            HttpResponse.of("200 OK", "Content-Type: text/plain\r\n", "Hello, World!");
    private static final HttpResponse JSON =
            HttpResponse.of("200 OK", "Content-Type: application/json\r\n", "{\"message\":\"Hello, World!\"}");
    private static final HttpResponse NOT_FOUND = HttpResponse.empty("404 Not Found");
    private static final HttpResponse NOT_ALLOWED =
            HttpResponse.of("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "");

    /** How long a client that is told goodbye may go on sending: closed at once, it might never see the answer. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private TinyHttp() {}

    public static void main(String[] args) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        Arguments arguments = Arguments.of(
                "tinyhttp [ADDRESS=127.0.0.1:8080] [N=" + processors + "]",
                "Serves /plaintext and /json over HTTP/1.1, on N threads.",
                args);
        Future<Void> stop = Signals.stop();
        CoreBuilder options = Core.builder().backend(arguments.backend());
        SharedPort port = SharedPort.of(arguments.address());
        try (CoreGroup group = CoreGroup.builder()
                        .size(arguments.number())
                        .core(options)
                        .threads("http")
                        .start(pinned -> listen(port, pinned));
                Core core = options.open()) {
            System.out.println("Listening on: " + Address.text(port.address()));
            core.run(stop.race(Futures.from(group.ended())));
        }
    }

    private static Future<Void> listen(SharedPort port, Pinned pinned) throws IOException {
        Handle handle = pinned.handle();
        HttpEncoder encoder = new HttpEncoder();
        TcpListener listener = port.listen(handle);
        handle.spawn(listener.incoming()
                .forEach(socket -> handle.spawn(Console.reported(socket, serve(socket, encoder)))));
        return Futures.done();
    }

    private static Future<Void> serve(TcpStream socket, HttpEncoder encoder) {
        Framed<HttpResponse, HttpRequest> framed = Framed.of(socket, new HttpDecoder(), encoder);
        return Futures.using(
                framed,
                http -> new Responses(http, TinyHttp::answer)
                        .forward(http)
                        .andThen(done -> socket.handle().timeout(http.forEach(late -> {}), LINGER)));
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
