package gyre.net;

import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.Source;
import java.io.IOException;

/** Takes over sockets that were opened elsewhere. */
final class Adoption {
    private Adoption() {}

    /** Registers it if it is of this type and fits; else, and if anything fails, it is closed. */
    static <S extends Source> PollEvented<S> register(
            Source source, Class<S> type, Condition<S> fits, String kind, Object what, Handle handle)
            throws IOException {
        PollEvented<S> evented = null;
        try {
            if (!type.isInstance(source) || !fits.holds(type.cast(source))) {
                throw new IllegalArgumentException("not " + kind + ": " + what);
            }
            evented = PollEvented.register(type.cast(source), handle);
            return evented;
        } finally {
            if (evented == null) {
                source.close();
            }
        }
    }

    /** What an adopted socket must be. */
    interface Condition<S> {
        boolean holds(S socket) throws IOException;
    }
}
