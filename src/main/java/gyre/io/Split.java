package gyre.io;

import java.io.IOException;

/**
 * An {@link Io} as two halves that are used and closed independently, by different tasks of one loop. No lock: both live
 * on the loop.
 *
 * <p>Closing the write half shuts the output down, closing both closes the {@code Io}.
 */
public final class Split {
    private final ReadHalf reader;
    private final WriteHalf writer;

    Split(Io io) {
        reader = new ReadHalf(this, io);
        writer = new WriteHalf(this, io);
    }

    /** The half that reads. */
    public ReadHalf reader() {
        return reader;
    }

    /** The half that writes. */
    public WriteHalf writer() {
        return writer;
    }

    /** When one half has been closed: closes the {@code Io} if the other is closed as well; whether it was. */
    boolean closeIfBoth(Io io) throws IOException {
        if (reader.isOpen() || writer.isOpen()) {
            return false;
        }
        io.close();
        return true;
    }
}
