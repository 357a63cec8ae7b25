/**
 * Sockets, pipes and selectors over system calls. Not exported: found through {@link java.util.ServiceLoader}.
 *
 * <p>{@link gyre.sys.posix.EpollBackend} and {@link gyre.sys.posix.EpollSelector} are Linux,
 * {@link gyre.sys.posix.KqueueBackend} and {@link gyre.sys.posix.KqueueSelector} macOS and FreeBSD; the sources are shared
 * by all of them.
 *
 * <p><b>Hot and cold.</b> Reading, writing, selecting and dispatching allocate nothing and go through
 * {@code gyre.natives.Sys}; everything else is made once a socket. A result below 0 is −errno; what is to become an
 * exception does so in {@link gyre.sys.posix.Failure}, after the hot path has looked at the few that are answers.
 *
 * <p><b>Memory.</b> A call that is given a buffer's address stands in a method that keeps the buffer reachable until
 * the call has returned. Small arguments of cold calls lie in the thread's {@link gyre.sys.posix.Scratch}.
 */
@NullMarked
package gyre.sys.posix;

import org.jspecify.annotations.NullMarked;
