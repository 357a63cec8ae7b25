package gyre.examples;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.codec.Lines;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A map behind a port: a line in ({@code GET key} or {@code SET key value}), a line out. */
public final class Tinydb {
    private final Map<String, String> map = new HashMap<>(Map.of("foo", "bar"));

    private Tinydb() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of(
                "tinydb [ADDRESS=127.0.0.1:8080]", "Keeps a map: GET KEY and SET KEY VALUE, a line each.", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(arguments.address(), handle);
            System.out.println("Listening on: " + Address.text(listener.localAddress()));
            Tinydb db = new Tinydb(); // all clients are served on this thread, so they can share it as it is
            core.run(listener.incoming()
                    .forEach(socket -> handle.spawn(Console.reported(socket, db.serve(socket))))
                    .race(stop));
        }
    }

    private Future<Void> serve(TcpStream socket) {
        return Futures.using(
                Lines.framed(socket), lines -> lines.map(this::answer).forward(lines));
    }

    /** What the original answers, byte for byte. */
    String answer(String line) {
        String[] parts = line.split(" ", 3);
        boolean hasKey = parts.length > 1;
        boolean hasValue = parts.length > 2;
        return switch (parts[0]) {
            case "GET" -> {
                if (!hasKey) {
                    yield "error: GET must be followed by a key";
                }
                yield hasValue ? "error: GET's key must not be followed by anything" : get(parts[1]);
            }
            case "SET" -> {
                if (!hasKey) {
                    yield "error: SET must be followed by a key";
                }
                yield hasValue ? set(parts[1], parts[2]) : "error: SET needs a value";
            }
            default -> "error: unknown command: " + parts[0];
        };
    }

    private String get(String key) {
        String value = map.get(key);
        return value == null ? "error: no key " + key : key + " = " + value;
    }

    private String set(String key, String value) {
        String previous = map.put(key, value);
        return "set " + key + " = `" + value + "`, previous: "
                + (previous == null ? "None" : "Some(" + quoted(previous) + ")");
    }

    /** As Rust shows a string to a programmer. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                case '\n' -> quoted.append("\\n");
                case 0 -> quoted.append("\\0");
                default -> {
                    if (Character.isISOControl(c)) {
                        quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
