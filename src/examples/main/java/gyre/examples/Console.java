package gyre.examples;

import gyre.future.Future;
import gyre.net.TcpStream;

/** What servers say about their connections. */
final class Console {
    private Console() {}

    /** The same work on a connection; if it fails, a line says so, and that was all. */
    static Future<String> reported(TcpStream socket, Future<Void> work) {
        String peer = Address.text(socket.remoteAddress());
        return work.map(done -> "")
                .recover(error -> "error on " + peer + ": " + error.getMessage())
                .inspect(line -> {
                    if (!line.isEmpty()) {
                        System.out.println(line);
                    }
                });
    }
}
