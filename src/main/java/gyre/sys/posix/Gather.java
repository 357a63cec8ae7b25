package gyre.sys.posix;

import static gyre.natives.Layout.IOVEC_BASE;
import static gyre.natives.Layout.IOVEC_LEN;
import static gyre.natives.Layout.IOVEC_SIZE;
import static gyre.natives.Layout.MSGHDR_IOVLEN;

import gyre.buffer.Buf;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Writes several buffers with one call: lists them for the kernel, then consumes what it took. */
final class Gather {
    /** More bytes than an {@code int} counts are an error on macOS. */
    private static final int MOST_BYTES = 1 << 30;

    private Gather() {}

    /** Lists what is readable in the thread's {@code iovec} array, as far as it fits; returns how many entries. */
    static int list(ByteBuffer scratch, Buf[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length);
        int entries = 0;
        long bytes = 0;
        for (int i = offset; i < offset + count && entries < Scratch.IOV_MAX; i++) {
            Buf buf = from[i];
            long address = buf.address(PosixSource.ADDRESS);
            bytes += buf.readable();
            if (bytes > MOST_BYTES && entries > 0) {
                break;
            }
            if (buf.readable() > 0) {
                int entry = Scratch.IOV + entries++ * IOVEC_SIZE;
                scratch.putLong(entry + IOVEC_BASE, address + buf.readIndex());
                scratch.putLong(entry + IOVEC_LEN, buf.readable());
            }
        }
        Size.put(scratch, Scratch.MESSAGE + MSGHDR_IOVLEN, entries);
        return entries;
    }

    static void consume(Buf[] from, int offset, int bytes) {
        int left = bytes;
        for (int i = offset; left > 0; i++) {
            int taken = Math.min(left, from[i].readable());
            from[i].skip(taken);
            left -= taken;
        }
    }
}
