package gyre.io;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;

/** One of two connected ends in memory: nothing above the {@link Io} can tell it from a socket. */
public final class MemoryIo implements Io {
    private final Whims whims;
    private final BufPool buffers;
    private final Pipe incoming;
    private final Pipe outgoing;

    /** Whether what is written shows only after a flush. */
    public boolean holdsBack;

    /** Whether it is like a terminal: closed as a whole only. */
    boolean indivisible;

    public int flushes;

    private MemoryIo(Whims whims, BufPool buffers, Pipe incoming, Pipe outgoing) {
        this.whims = whims;
        this.buffers = buffers;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** Two ends, with room for so many bytes on the way in each direction. */
    public static MemoryIo[] pair(Whims whims, BufPool buffers, int capacity) {
        Pipe there = new Pipe(capacity);
        Pipe back = new Pipe(capacity);
        return new MemoryIo[] {new MemoryIo(whims, buffers, back, there), new MemoryIo(whims, buffers, there, back)};
    }

    @Override
    public int read(Task task, Buf into) throws ClosedChannelException {
        if (into.writable() == 0) {
            throw new IllegalArgumentException("the buffer is full: " + into);
        }
        if (!pollRead(task) || whims.refuses(task)) {
            return NOT_READY;
        }
        if (incoming.visible == 0) {
            return END;
        }
        int count = whims.some(Math.min(incoming.visible, into.writable()));
        move(incoming.bytes, into, count);
        incoming.visible -= count;
        wake(incoming.writers);
        task.spend(Task.cost(count));
        return count;
    }

    @Override
    public int write(Task task, Buf from) throws ClosedChannelException {
        if (outgoing.ended) {
            throw new ClosedChannelException();
        }
        if (from.readable() == 0) {
            return 0;
        }
        if (!pollWrite(task) || whims.refuses(task)) {
            return NOT_READY;
        }
        outgoing.bytes.compact();
        int count = whims.some(Math.min(outgoing.bytes.writable(), from.readable()));
        move(from, outgoing.bytes, count);
        if (!holdsBack || outgoing.bytes.writable() == 0) {
            outgoing.show();
        }
        task.spend(Task.cost(count));
        return count;
    }

    @Override
    public int flush(Task task) {
        if (whims.refuses(task)) {
            return NOT_READY;
        }
        flushes++;
        outgoing.show();
        return 0;
    }

    @Override
    public int shutdownOutput(Task task) {
        if (indivisible) {
            throw new UnsupportedOperationException();
        }
        if (whims.refuses(task)) {
            return NOT_READY;
        }
        outgoing.end();
        return 0;
    }

    @Override
    public boolean pollRead(Task task) throws ClosedChannelException {
        if (incoming.closed) {
            throw new ClosedChannelException();
        }
        return ready(task, incoming.visible > 0 || incoming.ended, incoming.readers);
    }

    @Override
    public boolean pollWrite(Task task) {
        boolean room = outgoing.bytes.readable() < outgoing.bytes.capacity();
        return ready(task, room || outgoing.ended, outgoing.writers);
    }

    @Override
    public BufPool buffers() {
        return buffers;
    }

    @Override
    public void close() {
        incoming.closed = true;
        incoming.end();
        outgoing.end();
    }

    public boolean isClosed() {
        return incoming.closed;
    }

    private static boolean ready(Task task, boolean worthATry, List<Task> waiting) {
        if (!worthATry) {
            waiting.add(task);
        }
        return worthATry && task.spend(0);
    }

    private static void move(Buf from, Buf into, int count) {
        int limit = into.limit();
        into.limit(into.writeIndex() + count);
        into.transferFrom(from);
        into.limit(limit);
    }

    private static void wake(List<Task> waiting) {
        List<Task> tasks = List.copyOf(waiting);
        waiting.clear();
        tasks.forEach(Task::wake);
    }

    private static final class Pipe {
        final Buf bytes;
        final List<Task> readers = new ArrayList<>();
        final List<Task> writers = new ArrayList<>();
        int visible;
        boolean ended;
        boolean closed;

        Pipe(int capacity) {
            bytes = Buf.allocate(capacity);
        }

        void show() {
            visible = bytes.readable();
            wake(readers);
        }

        void end() {
            ended = true;
            show();
            wake(writers);
        }
    }
}
