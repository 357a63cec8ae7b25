/**
 * Byte streams that never block, and what can be done with any of them. Nothing here knows sockets, loops or clocks.
 *
 * <p>An {@link gyre.io.Io} is an {@link gyre.io.Input} and an {@link gyre.io.Output}. Each operation is a class with a
 * factory that carries its name, to be imported statically:
 *
 * <pre>{@code
 * import static gyre.io.Copy.copy;
 *
 * Split halves = socket.split();
 * Future<Long> echo = copy(halves.reader(), halves.writer());
 * }</pre>
 *
 * <ul>
 *   <li>Futures: {@link gyre.io.Copy}, {@link gyre.io.Read}, {@link gyre.io.ReadExact}, {@link gyre.io.ReadToEnd},
 *       {@link gyre.io.ReadUntil}, {@link gyre.io.WriteAll}, {@link gyre.io.WriteAllOf}, {@link gyre.io.Flush},
 *       {@link gyre.io.ShutdownOutput}.
 *   <li>Streams made of others: {@link gyre.io.Chain}, {@link gyre.io.Limit}, {@link gyre.io.BufferedInput},
 *       {@link gyre.io.BufferedOutput}, {@link gyre.io.Split}.
 * </ul>
 *
 * <p><b>Ownership.</b> The futures are lazy and borrow what they are given; they close nothing. Streams made of others
 * close them when they are closed themselves. A future that failed or is done is not polled again: that is an
 * {@link java.lang.IllegalStateException}. What cancelling one loses is said at each.
 */
@NullMarked
package gyre.io;

import org.jspecify.annotations.NullMarked;
