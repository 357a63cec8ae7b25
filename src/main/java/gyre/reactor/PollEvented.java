package gyre.reactor;

import gyre.future.Task;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * The bridge from a source's readiness to tasks: whatever a backend can watch becomes part of the loop through this.
 *
 * <p><b>The protocol</b>, for reading; writing is the same.
 * <ol>
 *   <li>{@link #pollRead}: is a try worth while? If not, the task is kept, and the caller answers that it is not ready.
 *   <li>Try the operation on {@link #source}.
 *   <li>If it answered {@code NOT_READY}, call {@link #needRead}: the task is kept for the next edge.
 *   <li>If it answered a count, call {@link #didRead}, which charges the budget and may conclude that all has been read.
 * </ol>
 *
 * <p>A new source counts as ready in both directions, so that the first try finds out. Readiness is a hint: it is cleared
 * only by {@code needRead} and {@code didRead}, set by the selector, and both happen on one thread, so that no edge is
 * lost between a try and its {@code needRead}. Each direction may have several waiting tasks; an edge wakes them all, and a
 * wake may be spurious.
 *
 * <p><b>Closing</b> works from any thread, any number of times; the descriptor is closed on the loop. Whoever waits is
 * woken and finds {@link ClosedChannelException}, or {@link LoopClosedException} if the Core was closed. All other methods:
 * loop thread only.
 *
 * @param <E> the source
 */
public final class PollEvented<E extends Source> implements Selector.Watcher, Closeable {
    private final E source;
    private final Loop loop;
    private final Waiters readers = new Waiters();
    private final Waiters writers = new Waiters();
    private int ready = Ready.READ | Ready.WRITE;
    private volatile boolean closed;

    private PollEvented(E source, Loop loop) {
        this.source = source;
        this.loop = loop;
    }

    /**
     * Registers a source, for its life; it is closed with the result, or at once if the system refuses it.
     *
     * @throws IllegalStateException off the loop's thread, or if it is registered already; the source stays open
     * @throws IllegalArgumentException if it is of another backend; it stays open
     */
    public static <E extends Source> PollEvented<E> register(E source, Handle handle) throws IOException {
        Loop loop = handle.loop();
        loop.check();
        PollEvented<E> evented = new PollEvented<>(source, loop);
        try {
            loop.selector().register(source, evented);
        } catch (IOException e) {
            source.close();
            throw e;
        }
        loop.opened(evented);
        return evented;
    }

    /** What is watched. */
    public E source() {
        return source;
    }

    /** The loop that it lives on. */
    public Handle handle() {
        return loop.handle;
    }

    /** Whether a read is worth a try, and the task has budget left for it; if not, the task is kept or has been woken. */
    public boolean pollRead(Task task) throws IOException {
        return poll(task, Ready.READ, readers);
    }

    /** Whether a write is worth a try, and the task has budget left for it; if not, the task is kept or has been woken. */
    public boolean pollWrite(Task task) throws IOException {
        return poll(task, Ready.WRITE, writers);
    }

    private boolean poll(Task task, int direction, Waiters waiters) throws IOException {
        loop.check();
        if ((ready & direction) == 0) {
            if (closed) {
                throw new ClosedChannelException();
            }
            waiters.add(task);
            return false;
        }
        return task.spend(0);
    }

    /** A read found nothing: keeps the task until there may be something. */
    public void needRead(Task task) {
        need(task, Ready.READ, readers);
    }

    /** A write was refused: keeps the task until it may go on. */
    public void needWrite(Task task) {
        need(task, Ready.WRITE, writers);
    }

    private void need(Task task, int direction, Waiters waiters) {
        ready &= ~direction;
        waiters.add(task);
        loop.selector().rearm(source, direction);
    }

    /**
     * A read has taken bytes.
     *
     * @param task what is charged for them
     * @param bytes how many
     * @param drained whether, unless the peer has closed or an error waits, that was all there is: it then counts as not
     *     ready, which spares the call that would have found nothing
     */
    public void didRead(Task task, int bytes, boolean drained) {
        if (drained && (ready & Ready.STICKY) == 0) {
            clear(Ready.READ);
        }
        charge(task, bytes);
    }

    /**
     * A write was accepted.
     *
     * @param task what is charged for it
     * @param bytes how many
     * @param filled whether it was cut short since the transport is full: it then counts as not ready
     */
    public void didWrite(Task task, int bytes, boolean filled) {
        if (filled && (ready & Ready.STICKY) == 0) {
            clear(Ready.WRITE);
        }
        charge(task, bytes);
    }

    private static void charge(Task task, int bytes) {
        task.spend(1 + (bytes >> 11));
    }

    private void clear(int direction) {
        ready &= ~direction;
        loop.selector().rearm(source, direction);
    }

    /** Whether {@link #close} was called, or the Core closed. */
    public boolean isClosed() {
        return closed;
    }

    /** For the selector: sets the bits and wakes who waits for them. */
    @Override
    public int ready(int bits) {
        int idle = 0;
        if ((bits & Ready.READ) != 0) {
            idle = readers.isEmpty() ? ready & Ready.READ : 0;
            readers.wake();
        }
        if ((bits & Ready.WRITE) != 0) {
            idle |= writers.isEmpty() ? ready & Ready.WRITE : 0;
            writers.wake();
        }
        ready |= bits;
        return idle;
    }

    @Override
    public void close() throws IOException {
        if (loop.onLoop()) {
            closeNow();
        } else if (!closed && !loop.isClosed()) { // a loop that is closed has closed this, or is about to
            try {
                loop.handle.execute(this::closeLater);
            } catch (LoopClosedException e) {
                return; // since just now
            }
        }
    }

    private void closeLater() {
        try {
            closeNow();
        } catch (IOException e) {
            loop.uncaught(e);
        }
    }

    private void closeNow() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        ready = 0;
        loop.forget(this);
        try {
            loop.selector().deregister(source);
        } finally {
            source.close();
            readers.wake();
            writers.wake();
        }
    }

    @Override
    public String toString() {
        return "PollEvented[" + source + "]";
    }
}
