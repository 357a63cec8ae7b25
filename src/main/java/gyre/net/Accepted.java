package gyre.net;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.ThrowingFunction;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.reactor.LoopClosedException;
import gyre.sys.StreamSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection that was accepted on one loop and is watched by none yet, so that any loop of the same backend may take it.
 * Whoever holds it hands it over ({@link #spawn}), takes it ({@link #register}), or closes it.
 *
 * <p>From any thread; the first of those calls gets the socket.
 */
public final class Accepted implements Closeable {
    private final AtomicReference<@Nullable StreamSocket> socket;
    private final InetSocketAddress remote;

    Accepted(StreamSocket socket) {
        this.socket = new AtomicReference<>(socket);
        this.remote = (InetSocketAddress) Objects.requireNonNull(socket.remoteAddress());
    }

    /** The peer. */
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    /**
     * Hands it to a loop, which registers it, runs the future that the function makes of it there, and closes it at the end of
     * that future. It is closed too if the task is aborted or that loop is closed, before or after it has begun.
     *
     * @throws LoopClosedException if that loop is closed already
     */
    public <T extends @Nullable Object> JoinHandle<T> spawn(
            Handle handle, ThrowingFunction<? super TcpStream, ? extends Future<? extends T>> serve) {
        Objects.requireNonNull(serve, "serve");
        Future<T> future =
                Futures.using(this, accepted -> Futures.<TcpStream, T>using(accepted.register(handle), serve));
        try {
            return handle.spawn(future);
        } catch (LoopClosedException e) {
            future.cancel();
            throw e;
        }
    }

    /**
     * Registers it with a loop, on that loop's thread. If this fails it is closed, except off that thread.
     *
     * @throws ClosedChannelException if it has been closed or taken
     * @throws IllegalStateException off the loop's thread
     * @throws IllegalArgumentException if the loop is of another backend than the one that accepted it
     */
    public TcpStream register(Handle handle) throws IOException {
        handle.pinned();
        StreamSocket taken = socket.getAndSet(null);
        if (taken == null) {
            throw new ClosedChannelException();
        }
        try {
            return TcpStream.register(taken, handle);
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /** Closes it, unless it was taken. Any number of times. */
    @Override
    public void close() throws IOException {
        StreamSocket left = socket.getAndSet(null);
        if (left != null) {
            left.close();
        }
    }

    @Override
    public String toString() {
        return "Accepted[" + remote + "]";
    }
}
