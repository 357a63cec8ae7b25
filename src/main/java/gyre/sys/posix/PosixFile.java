package gyre.sys.posix;

import gyre.buffer.Buf;
import gyre.natives.Errno;
import gyre.natives.Sys;
import gyre.sys.ByteStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * Whatever else has a descriptor that carries bytes: a pipe, a terminal, an eventfd. Writing to a pipe that nobody reads
 * fails as any other call; the JVM ignores the signal.
 */
final class PosixFile extends PosixSource implements ByteStream {
    PosixFile(int descriptor) {
        super(descriptor);
    }

    @Override
    public int read(Buf into) throws IOException {
        long address = room(into);
        int n;
        do {
            n = Sys.read(fd.number(), address, into.writable());
        } while (n == -Errno.EINTR);
        Reference.reachabilityFence(into);
        return filled(into, n);
    }

    @Override
    public int write(Buf from) throws IOException {
        long address = from.address(ADDRESS) + from.readIndex();
        int length = from.readable();
        if (length == 0) {
            return 0;
        }
        int n;
        do {
            n = Sys.write(fd.number(), address, length);
        } while (n == -Errno.EINTR);
        Reference.reachabilityFence(from);
        return drained(from, n);
    }

    @Override
    public int write(Buf[] from, int offset, int count) throws IOException {
        ByteBuffer scratch = Scratch.get();
        int entries = Gather.list(scratch, from, offset, count);
        if (entries == 0) {
            return 0;
        }
        int n;
        do {
            n = Sys.writev(fd.number(), Scratch.address(scratch, Scratch.IOV), entries);
        } while (n == -Errno.EINTR);
        Reference.reachabilityFence(from);
        return drained(from, offset, n);
    }

    /** A pipe ends a read where a packet ends, an eventfd always. */
    @Override
    public boolean shortReadDrains() {
        return false;
    }

    @Override
    public String toString() {
        return "descriptor " + fd.number();
    }
}
