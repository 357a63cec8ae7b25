package gyre.report;

import gyre.report.server.ServerMain;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** A server's process that is up. */
final class Server implements Closeable {
    private static final String LISTENING = "listening ";

    private final Contender contender;
    private final Child process;
    private final String address;

    private Server(Contender contender, Child process, String address) {
        this.contender = contender;
        this.process = process;
        this.address = address;
    }

    /** @throws IOException if there is none; the message says why, in the words of the one who knows */
    static Server start(Contender contender, Transport transport, Path folder, Processors processors)
            throws IOException {
        Path socket = folder.resolve(contender.id());
        socket.toFile().deleteOnExit();
        Child process = Child.start(
                processors.prefix(processors.server()),
                ServerMain.class,
                contender.id(),
                transport.name(),
                socket.toString());
        String line = process.hear();
        if (!line.startsWith(LISTENING)) {
            process.close();
            throw new IOException(Objects.requireNonNullElse(Unavailable.reason(line), line));
        }
        return new Server(contender, process, line.substring(LISTENING.length()));
    }

    Contender contender() {
        return contender;
    }

    String address() {
        return address;
    }

    Fields mark() throws IOException {
        process.say("mark");
        return new Fields(process.hear());
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
