package gyre.net;

import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.ListenSocket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;

/** What the builders of listeners share: the options, the backlog, and the socket that gets them. */
final class Listening {
    final Handle handle;
    private final PendingOptions options = new PendingOptions();
    private int backlog = 4096;

    Listening(Handle handle) {
        this.handle = handle;
    }

    <T> void option(SocketOption<T> option, T value) {
        options.put(option, value);
    }

    void backlog(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("backlog must be at least 1: " + connections);
        }
        this.backlog = connections;
    }

    PollEvented<ListenSocket> at(ProtocolFamily family, SocketAddress local) throws IOException {
        ListenSocket socket = handle.pinned().backend().listener(family);
        try {
            options.set(socket::option);
            socket.listen(local, backlog);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return PollEvented.register(socket, handle);
    }
}
