package gyre.net;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.LoopClosedException;
import gyre.reactor.PollEvented;
import gyre.sys.ListenSocket;
import gyre.sys.ResourceLimitException;
import gyre.sys.StreamSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket, TCP or Unix. What goes wrong with one connection before it is accepted (the peer has reset it, a
 * firewall refuses it) is counted and skipped. When descriptors or memory have run out, accepting pauses for 10 ms, doubling
 * up to 1 s, and then goes on by itself; the peers wait in the backlog, or with {@link #refuseWhenFull} are told at once.
 * Neither ends {@link #incoming}.
 *
 * @param <S> what it accepts
 */
public abstract sealed class SocketListener<S extends SocketStream> implements Closeable
        permits TcpListener, UnixListener {
    final PollEvented<ListenSocket> evented;
    final AcceptBackoff backoff;
    private @Nullable SpareDescriptor spare;

    SocketListener(PollEvented<ListenSocket> evented) {
        this.evented = evented;
        this.backoff = new AcceptBackoff(evented.handle(), getClass());
    }

    abstract S accepted(StreamSocket socket) throws IOException;

    /** The next connection, if one waits. */
    public final Poll<S> pollAccept(Task task) throws IOException {
        for (StreamSocket socket; (socket = next(task)) != null; ) {
            try {
                S accepted = accepted(socket);
                backoff.accepted();
                return Poll.ready(accepted);
            } catch (IOException e) {
                backoff.failed(e);
            }
        }
        return Poll.pending();
    }

    /** Not registered; null if the task is kept. */
    final @Nullable StreamSocket next(Task task) throws IOException {
        while (evented.pollRead(task) && !backoff.pauses(task)) {
            try {
                StreamSocket socket = evented.source().accept();
                if (socket == null) {
                    evented.needRead(task);
                    return null;
                }
                task.spend(1);
                SpareDescriptor own = spare;
                if (own == null || !own.takes(socket)) {
                    return socket;
                }
                backoff.refused();
            } catch (IOException e) {
                if (evented.isClosed()) {
                    throw e;
                }
                task.spend(1);
                if (!refused(e, task)) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Treats what an accept has failed with; false if nobody is left and the task is kept. */
    private boolean refused(IOException e, Task task) throws IOException {
        SpareDescriptor own = spare;
        if (own == null || !(e instanceof ResourceLimitException)) {
            backoff.failed(e);
            return true;
        }
        switch (own.refuse(evented.source())) {
            case DONE -> backoff.refused();
            case FAILED -> backoff.failed(e);
            case NOBODY -> {
                evented.needRead(task);
                return false;
            }
        }
        return true;
    }

    /**
     * From now on whoever comes while there is no descriptor is accepted and closed at once, and counted in
     * {@link #acceptErrors}. For that it keeps a spare descriptor, until it closes. Loop thread only.
     *
     * @throws IOException if there is none to be had now
     */
    public final void refuseWhenFull() throws IOException {
        if (spare == null) {
            SpareDescriptor own = new SpareDescriptor(evented.handle().pinned().backend());
            evented.onClose(own);
            spare = own;
        }
    }

    /** One connection. Cancelling loses none. */
    public final Future<S> accept() {
        return Futures.pollFn(this::pollAccept);
    }

    /** All connections, without end; cancelling it leaves the listener open and loses none. */
    public final Stream<S> incoming() {
        return this::pollAccept;
    }

    /** How many connections were lost before they could be accepted, or had to wait for resources; grows only. */
    public final long acceptErrors() {
        return backoff.errors();
    }

    /** The address that it is bound to. */
    public abstract SocketAddress localAddress() throws IOException;

    /** Sets an option; errors as in {@link StreamSocket#option(SocketOption, Object)}. */
    public abstract <T> SocketListener<S> option(SocketOption<T> option, T value) throws IOException;

    /** An option's value. */
    public final <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return evented.source().option(option);
    }

    /** The options that the backend has. */
    public final Set<SocketOption<?>> options() {
        return evented.source().options();
    }

    /** The number of its descriptor, as {@link EventedIo#descriptor}: to hand the listener on. */
    public final int descriptor() throws IOException {
        return evented.source().descriptor();
    }

    /** Stops to listen; connections in the backlog are refused by the system. From any thread, any number of times. */
    @Override
    public void close() throws IOException {
        try {
            evented.close();
        } finally {
            endPause();
        }
    }

    private void endPause() {
        Handle handle = evented.handle();
        if (handle.isOnLoop()) {
            backoff.end();
        } else {
            try {
                handle.execute(backoff::end);
            } catch (LoopClosedException e) {
                return; // the pause has ended with the loop
            }
        }
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + evented.source() + "]";
    }
}
