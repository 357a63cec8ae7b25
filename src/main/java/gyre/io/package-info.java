/**
 * Byte streams that never block, and what can be done with any of them: copy, read to a mark, write all, split, chain,
 * limit. Nothing here knows sockets, loops or clocks.
 */
@NullMarked
package gyre.io;

import org.jspecify.annotations.NullMarked;
