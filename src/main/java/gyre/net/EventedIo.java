package gyre.net;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Io;
import gyre.reactor.Handle;
import gyre.reactor.PollEvented;
import gyre.sys.ByteStream;
import java.io.IOException;

/**
 * {@link Io} over anything that a backend can watch and that carries bytes: a pipe, a terminal, an adopted descriptor. The
 * sockets of this package extend it.
 */
public sealed class EventedIo<S extends ByteStream> implements Io permits SocketStream {
    final PollEvented<S> evented;
    final S stream;
    private final BufPool buffers;
    private final boolean shortReadDrains;

    EventedIo(PollEvented<S> evented) {
        this.evented = evented;
        this.stream = evented.source();
        this.buffers = evented.handle().pinned().buffers();
        this.shortReadDrains = stream.shortReadDrains();
    }

    /**
     * Registers a byte stream of the loop's backend, which the result owns.
     *
     * @throws IllegalStateException off the loop's thread
     */
    public static <S extends ByteStream> EventedIo<S> register(S stream, Handle handle) throws IOException {
        return new EventedIo<>(PollEvented.register(stream, handle));
    }

    @Override
    public final int read(Task task, Buf into) throws IOException {
        int room = into.writable();
        if (room == 0) {
            throw new IllegalArgumentException("there is no room to read into: " + into);
        }
        if (!evented.pollRead(task)) {
            return NOT_READY;
        }
        int count = stream.read(into);
        if (count > 0) {
            evented.didRead(task, count, shortReadDrains && count < room);
        } else if (count == NOT_READY) {
            evented.needRead(task);
        }
        return count;
    }

    @Override
    public final int write(Task task, Buf from) throws IOException {
        if (!evented.pollWrite(task)) {
            return NOT_READY;
        }
        int wanted = from.readable();
        return wrote(task, stream.write(from), wanted);
    }

    @Override
    public final int write(Task task, Buf[] from, int offset, int count) throws IOException {
        if (!evented.pollWrite(task)) {
            return NOT_READY;
        }
        return wrote(task, stream.write(from, offset, count), 0);
    }

    /** What a write has answered; fewer bytes than wanted show, on some transports, that there is no more room. */
    final int wrote(Task task, int count, int wanted) {
        if (count >= 0) {
            evented.didWrite(task, count, shortReadDrains && count < wanted);
        } else if (count == NOT_READY) {
            evented.needWrite(task);
        }
        return count;
    }

    /** Nothing is held back here: always 0. */
    @Override
    public final int flush(Task task) {
        return 0;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnsupportedOperationException if it is not a socket
     */
    @Override
    public int shutdownOutput(Task task) throws IOException {
        throw new UnsupportedOperationException("only sockets can shut down one direction: " + stream);
    }

    @Override
    public final boolean pollRead(Task task) throws IOException {
        return evented.pollRead(task);
    }

    @Override
    public final boolean pollWrite(Task task) throws IOException {
        return evented.pollWrite(task);
    }

    @Override
    public final BufPool buffers() {
        return buffers;
    }

    /**
     * The number of its descriptor, for system calls and for handing on ({@link UnixStream#sendDescriptors}). It stays this
     * object's: not to be closed, and not to be used once this is closed, when it may be another's.
     *
     * @throws UnsupportedOperationException if the loop's backend doesn't know it
     * @throws java.nio.channels.ClosedChannelException if this is closed
     */
    public final int descriptor() throws IOException {
        return stream.descriptor();
    }

    /** The loop that it lives on. */
    public final Handle handle() {
        return evented.handle();
    }

    /** Whether neither this nor the Core has been closed. */
    public final boolean isOpen() {
        return !evented.isClosed();
    }

    @Override
    public final void close() throws IOException {
        evented.close();
    }
}
