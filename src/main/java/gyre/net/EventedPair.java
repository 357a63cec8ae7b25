package gyre.net;

import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.SocketPair;
import gyre.sys.Source;
import java.io.IOException;

/** Two connected sockets that are registered together, or closed together. */
final class EventedPair {
    private EventedPair() {}

    static <S extends Source> SocketPair<PollEvented<S>> register(SocketPair<S> sockets, Handle handle)
            throws IOException {
        PollEvented<S> first = null;
        try {
            first = PollEvented.register(sockets.first(), handle);
            return new SocketPair<>(first, PollEvented.register(sockets.second(), handle));
        } catch (IOException e) {
            sockets.second().close();
            if (first != null) {
                first.close();
            }
            throw e;
        }
    }
}
