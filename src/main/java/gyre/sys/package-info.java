/**
 * What a backend must provide: how the engine reaches the operating system.
 *
 * <p><b>The list.</b> A {@link gyre.sys.Backend}, found through {@link java.util.ServiceLoader}, opens
 * {@link gyre.sys.Selector}s and the {@link gyre.sys.Source}s that they watch: {@link gyre.sys.StreamSocket},
 * {@link gyre.sys.ListenSocket}, {@link gyre.sys.PacketSocket}, and {@link gyre.sys.ByteStream} for whatever else carries
 * bytes.
 *
 * <p><b>Readiness.</b> A source is registered once ({@link gyre.sys.Registry}), for both directions. The selector tells its
 * {@link gyre.sys.Selector.Watcher} about edges: a bit of {@link gyre.sys.Ready} is told again only after an operation
 * answered {@link gyre.buffer.Transfer#NOT_READY} or the watcher's owner said {@link gyre.sys.Selector#rearm}, and may be
 * told any number of times more. A backend over level-triggered or completion queues makes itself look so.
 *
 * <p><b>Answers.</b> Operations answer a count of at least 0, {@link gyre.buffer.Transfer#END} or
 * {@link gyre.buffer.Transfer#NOT_READY}; errors are {@link java.io.IOException}s.
 *
 * <p><b>Threads.</b> Loop thread only, except {@link gyre.sys.Selector#wakeup}.
 */
@NullMarked
package gyre.sys;

import org.jspecify.annotations.NullMarked;
