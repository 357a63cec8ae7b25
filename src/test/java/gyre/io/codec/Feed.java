package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Input;
import gyre.io.Io;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** An input that gives what a test says, each piece as one read; between pieces, when it is told to, nothing is ready. */
final class Feed implements Input {
    private static final byte[] NOTHING_READY = {};

    final BufPool pool;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private @Nullable IOException failure;
    private boolean ended;
    private boolean closed;
    int reads;
    int largestRoom;

    Feed(BufPool pool) {
        this.pool = pool;
    }

    Feed give(String... texts) {
        for (String text : texts) {
            give(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return this;
    }

    Feed give(byte[] piece) {
        if (piece.length > 0) {
            pieces.add(piece);
        }
        return this;
    }

    /** Answers once that nothing is ready. */
    Feed rest() {
        pieces.add(NOTHING_READY);
        return this;
    }

    Feed end() {
        ended = true;
        return this;
    }

    Feed fail(IOException e) {
        failure = e;
        return this;
    }

    @Override
    public int read(Task task, Buf into) throws IOException {
        if (into.writable() == 0) {
            throw new IllegalArgumentException("the buffer is full: " + into);
        }
        if (closed) {
            throw new ClosedChannelException();
        }
        reads++;
        largestRoom = Math.max(largestRoom, into.writable());
        byte[] piece = pieces.poll();
        if (piece == null && failure != null) {
            throw failure;
        }
        if (piece == null || piece == NOTHING_READY) {
            return ended && piece == null ? Io.END : Io.NOT_READY;
        }
        int n = Math.min(piece.length, into.writable());
        into.put(piece, 0, n);
        if (n < piece.length) {
            pieces.addFirst(java.util.Arrays.copyOfRange(piece, n, piece.length));
        }
        task.spend(1);
        return n;
    }

    @Override
    public boolean pollRead(Task task) {
        return true;
    }

    @Override
    public BufPool buffers() {
        return pool;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
