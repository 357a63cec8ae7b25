package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Chain;
import gyre.io.Input;
import gyre.io.Io;

/**
 * What a {@link Framed} was made of, for those who go on without frames.
 *
 * @param io the connection, open
 * @param unread bytes that were read and not decoded
 * @param unwritten bytes that were encoded and not written
 */
public record FramedParts(Io io, byte[] unread, byte[] unwritten) {
    /** What is unread, then what the {@code Io} gives. The {@code Io} is closed with it. */
    public Input input() {
        return Chain.chain(new Unread(Buf.copyOf(unread), io.buffers()), io);
    }

    private record Unread(Buf bytes, BufPool buffers) implements Input {
        @Override
        public int read(Task task, Buf into) {
            if (into.writable() == 0) {
                throw new IllegalArgumentException("the buffer is full: " + into);
            }
            if (bytes.readable() == 0) {
                return Io.END;
            }
            return task.spend(1) ? into.transferFrom(bytes) : Io.NOT_READY;
        }

        @Override
        public boolean pollRead(Task task) {
            return true;
        }

        @Override
        public void close() {}
    }
}
