package gyre.sys.posix;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.natives.Errno;
import gyre.natives.Memory;
import gyre.sys.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.function.ToLongFunction;

/** A source with a descriptor: what the selectors of this package can watch. Its text names it in messages. */
abstract class PosixSource implements Source {
    static final ToLongFunction<ByteBuffer> ADDRESS = Memory::address;

    final Fd fd;

    PosixSource(int descriptor) {
        this.fd = new Fd(descriptor);
    }

    @Override
    public void close() throws IOException {
        fd.close();
    }

    @Override
    public final boolean isOpen() {
        return fd.isOpen();
    }

    @Override
    public final int descriptor() throws ClosedChannelException {
        if (!fd.isOpen()) {
            throw new ClosedChannelException();
        }
        return fd.number();
    }

    /** Whether an edge for writing comes with everything that is taken off at the other end, though no write was refused. */
    boolean tellsEveryRead() {
        return false;
    }

    /** The exception for a result below 0; the descriptor of a closed source is −1, and EBADF would hide why. */
    final IOException failure(int result, String what) {
        return fd.isOpen() ? Failure.of(result, what) : new ClosedChannelException();
    }

    /** Where bytes are appended. */
    static long room(Buf into) {
        // Asked first, since a buffer that was released says so here.
        long address = into.address(ADDRESS) + into.writeIndex();
        if (into.writable() == 0) {
            throw new IllegalArgumentException("the buffer has no room to read into: " + into);
        }
        return address;
    }

    /** What a call that appends has answered. */
    final int filled(Buf into, int result) throws IOException {
        if (result > 0) {
            into.advance(result);
            return result;
        }
        if (result == -Errno.EAGAIN) {
            return Transfer.NOT_READY;
        }
        if (result == 0) {
            return Transfer.END;
        }
        throw failure(result, "read from " + this);
    }

    /** What a call that consumes from one buffer has answered. */
    final int drained(Buf from, int result) throws IOException {
        if (result >= 0) {
            from.skip(result);
            return result;
        }
        return refused(result);
    }

    /** What a call that consumes from several has answered. */
    final int drained(Buf[] from, int offset, int result) throws IOException {
        if (result >= 0) {
            Gather.consume(from, offset, result);
            return result;
        }
        return refused(result);
    }

    /** What a call that takes bytes has answered instead. */
    final int refused(int result) throws IOException {
        // A fast open whose cookie is gone: this has begun a handshake, whose end is an edge for writing.
        if (result == -Errno.EAGAIN || result == -Errno.EINPROGRESS) {
            return Transfer.NOT_READY;
        }
        throw failure(result, "write to " + this);
    }
}
