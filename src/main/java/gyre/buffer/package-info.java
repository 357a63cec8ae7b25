/**
 * Off-heap memory with a read and a write index, and the pool that a loop takes it from.
 *
 * <p><b>Ownership.</b> Whoever takes a {@link gyre.buffer.Buf} from a {@link gyre.buffer.BufPool} gives it back, once.
 * Operations borrow the {@code Buf} that they are given for the time of the call, and a future until it is done or
 * cancelled.
 *
 * <p><b>Threads.</b> A pool and its buffers belong to one loop and are not synchronised.
 */
@NullMarked
package gyre.buffer;

import org.jspecify.annotations.NullMarked;
