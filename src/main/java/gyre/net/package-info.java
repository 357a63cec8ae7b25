/**
 * Sockets as {@link gyre.io.Io}, as streams of connections and as datagrams, on a {@link gyre.reactor.Core}.
 *
 * <p><b>Ownership.</b> A socket is closed by whoever holds it ({@link gyre.future.Futures#using}); a connect that is
 * cancelled, and an accept, close what they have not handed over. Closing the Core closes them all.
 *
 * <p><b>Threads.</b> Loop thread only; {@code close} from any.
 */
@NullMarked
package gyre.net;

import org.jspecify.annotations.NullMarked;
