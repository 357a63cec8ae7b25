/**
 * System calls for the POSIX backends.
 *
 * <h2>The rule</h2>
 *
 * <p>Calls take primitives and {@code long} addresses only: no {@code Structure}, no {@code Pointer}, no array, no
 * {@code ByteBuffer} (each costs up to a hundred times the call). Every call answers a result of 0 or more, or
 * <b>−errno</b>: would-block is an answer, not an exception. What is to become an exception does so in one place,
 * {@link gyre.natives.Errno#exception}.
 *
 * <h2>Who does the calling</h2>
 *
 * <ul>
 *   <li>{@link gyre.natives.Sys}: the calls made for every event and every message. Two providers give the same
 *       answers: machine-code stubs that JNI calls directly, and JNA's direct mapping where stubs can't be had.
 *   <li>{@link gyre.natives.Libc}: the calls made once a socket or once a loop, by JNA's direct mapping.
 *   <li>{@link gyre.natives.Bsd}: kqueue, likewise, or that of a library.
 * </ul>
 *
 * <h2>Addresses</h2>
 *
 * <p>{@link gyre.natives.Memory} gives the address of a direct buffer. The kernel trusts it: the caller keeps the buffer
 * reachable until the call has returned ({@code Reference.reachabilityFence}). Structures are written and read through
 * such buffers, at the offsets that {@link gyre.natives.Layout} lists.
 *
 * <p>Ask {@link gyre.natives.Platform#unusable} before touching anything else here: it is the one class that loads
 * everywhere.
 */
package gyre.natives;
