/**
 * The backend that works everywhere: {@code java.nio}. Found through {@link java.util.ServiceLoader} only.
 *
 * <p><b>Levels made to look like edges.</b> A {@code java.nio} selector goes on reporting what goes on being so.
 * {@code OP_READ} and {@code OP_ACCEPT} stay set after an event, which costs nothing while a task reads each time, and are
 * cleared only when the watcher says that nobody waits and that it knew. {@code OP_WRITE} and {@code OP_CONNECT} are set by
 * {@code rearm} and cleared when they fire. {@link gyre.sys.nio.NioSource} holds the interest, so asking again for what is
 * set already costs one comparison.
 *
 * <p><b>Interrupts.</b> With the thread's interrupt flag set, a {@code java.nio} selector does not wait at all: it would
 * spin. So {@link gyre.sys.nio.NioSelector#select} takes the flag away and remembers it. Reads, writes, accepts and connects
 * of non-blocking channels do not look at the flag (since JDK 11 only blocking ones are interruptible, and are closed by it):
 * an interrupt at any moment leaves every descriptor open, and no operation here has to check.
 *
 * <p><b>What differs from the POSIX backends.</b> No descriptors can be adopted, told or sent; of Unix sockets there are
 * streams at paths only, without peers' numbers; waits are whole milliseconds; {@code peek}
 * takes the bytes out of the kernel's buffer; no bit of {@link gyre.sys.Ready#STICKY} is ever told; a failed connect closes
 * the channel; a connected datagram socket can't send a datagram of 0 bytes; there are no Unix datagrams, and none of
 * {@link gyre.sys.NativeSocketOptions}.
 */
@NullMarked
package gyre.sys.nio;

import org.jspecify.annotations.NullMarked;
