package gyre.reactor;

import java.io.IOException;

/**
 * One try of an operation on a source, which never waits; see {@link PollEvented#tryRead}.
 *
 * @param <E> the source
 */
@FunctionalInterface
public interface Attempt<E> {
    /**
     * Tries.
     *
     * @return a count of at least 0, {@link gyre.buffer.Transfer#END}, or {@link gyre.buffer.Transfer#NOT_READY} if it
     *     would have to wait, and only then
     */
    int on(E source) throws IOException;
}
