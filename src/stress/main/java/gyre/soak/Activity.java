package gyre.soak;

import java.io.IOException;
import java.util.Random;

/** Something that clients do to a server all the time, and that knows what has to come of it. */
interface Activity extends AutoCloseable {
    /** Does it once. */
    void once(Random random) throws IOException, InterruptedException, Violation;

    @Override
    default void close() throws IOException {}
}
