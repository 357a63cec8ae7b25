package gyre.reactor;

import gyre.buffer.Transfer;
import gyre.future.Task;
import gyre.sys.ByteStream;
import gyre.sys.Ready;
import gyre.sys.Registry;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * The bridge from a source's readiness to tasks: whatever can be watched becomes part of the loop through this. A source is a
 * socket that the {@linkplain Pinned#backend backend} has opened ({@link #register}), a descriptor ({@link #fromDescriptor}),
 * or a channel ({@link #fromChannel}). What is built on it keeps the bridge in a field and looks like this:
 *
 * <pre>{@code
 * final class Ticks { // of a timerfd
 *     private final PollEvented<ByteStream> timer;
 *     private final Buf count = Buf.allocate(8);
 *
 *     Ticks(int descriptor, Handle handle) throws IOException {
 *         timer = PollEvented.fromDescriptor(descriptor, handle);
 *     }
 *
 *     Poll<Long> poll(Task task) throws IOException {
 *         int n = timer.tryRead(task, source -> source.read(count.clear()));
 *         return n == Transfer.NOT_READY ? Poll.pending() : Poll.ready(number(count));
 *     }
 * }
 * }</pre>
 *
 * <p><b>The protocol</b>, for reading; writing is the same. {@link #tryRead} and {@link #tryWrite} follow it; by hand it is
 * <ol>
 *   <li>{@link #pollRead}: is a try worth while? If not, the task is kept, and the caller answers that it is not ready.
 *   <li>Try the operation on {@link #source}. It must not block.
 *   <li>If it would have had to wait, call {@link #needRead}: the task is kept for the next edge. Call it in no other case: the
 *       bit that it clears may be the last that is told.
 *   <li>If it did something, call {@link #didRead}, which charges the budget and may conclude that all has been read.
 *   <li>If it failed or came to the end, nothing: the bit stays, and the next try finds out the same.
 * </ol>
 *
 * <p>A new source counts as ready in both directions, so that the first try finds out. Readiness is a hint: it is cleared
 * only by {@code needRead} and {@code didRead}, set by the selector, and both happen on one thread, so that no edge is
 * lost between a try and its {@code needRead}. Each direction may have several waiting tasks; an edge wakes them all, and a
 * wake may be spurious. What ends a source is told as readiness: a hang-up without bytes wakes who reads.
 *
 * <p><b>Closing</b> works from any thread, any number of times; the source is closed on the loop. Whoever waits is
 * woken and finds {@link ClosedChannelException}, or {@link LoopClosedException} if the Core was closed. All other methods:
 * loop thread only.
 *
 * @param <E> the source
 */
public final class PollEvented<E extends Source> implements Selector.Watcher, Closeable {
    private static final int READS = Ready.READ | Ready.READ_CLOSED | Ready.PRIORITY;
    private static final int WRITES = Ready.WRITE | Ready.WRITE_CLOSED;

    private final E source;
    private final Registry registry;
    private final Loop loop;
    private final @Nullable HotSource hot;
    private final Waiters readers = new Waiters();
    private final Waiters writers = new Waiters();
    private int ready = Ready.READ | Ready.WRITE;
    private volatile boolean closed;
    private @Nullable Closeable companions;

    private PollEvented(E source, Registry registry, Loop loop) {
        this.source = source;
        this.registry = registry;
        this.loop = loop;
        this.hot = registry == loop.selector() ? loop.hot() : null;
    }

    /**
     * Registers a source of the loop's backend. It is closed with the result, or at once if the system refuses it.
     *
     * @throws IllegalStateException off the loop's thread, or if it is registered already; the source stays open
     * @throws IllegalArgumentException if it is of another backend; it stays open
     */
    public static <E extends Source> PollEvented<E> register(E source, Handle handle) throws IOException {
        Loop loop = handle.loop();
        loop.check();
        try {
            return open(source, loop.selector(), loop);
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    /**
     * Adopts a descriptor that carries bytes, by duplicating it: a pipe, an eventfd, a timerfd, an inotify queue, a terminal, a
     * connected socket. The caller's stays open and its own, but shares being non-blocking.
     *
     * @throws UnsupportedOperationException if the loop's backend has no descriptors; the message names those that have
     * @throws IllegalArgumentException if it carries no bytes, as a listening socket
     * @throws IOException if it is not open, or can't be watched, as a file on disk on Linux. Where kqueue watches files,
     *     one is always ready, and an operation takes as long as the disk does
     */
    public static PollEvented<ByteStream> fromDescriptor(int descriptor, Handle handle) throws IOException {
        Source source = handle.pinned().backend().fromDescriptor(descriptor);
        if (source instanceof ByteStream stream) {
            return register(stream, handle);
        }
        source.close();
        throw new IllegalArgumentException("descriptor " + descriptor + " carries no bytes: " + source);
    }

    /**
     * Adopts a channel, on any backend. Its owner goes on to use it, on the loop, through {@link ChannelSource#channel}: connects,
     * accepts, reads, writes. It is made non-blocking, and is closed with the result; {@link #deregister} gives it back.
     *
     * <p>A backend that can't watch channels leaves it to one thread a Core, at the price of a hand-over each way: good for
     * libraries that bring channels, not for many busy sockets. If others close the channel, this is closed too, within
     * 100 ms.
     *
     * @throws IllegalStateException off the loop's thread, or if this loop watches it already
     * @throws IllegalArgumentException if the backend, or the JDK's selector, can't watch its kind; it stays open
     * @throws ClosedChannelException if it is closed
     */
    public static <C extends SelectableChannel> PollEvented<ChannelSource<C>> fromChannel(C channel, Handle handle)
            throws IOException {
        Loop loop = handle.loop();
        loop.check();
        return open(new ChannelSource<>(channel), loop.channels(), loop);
    }

    private static <E extends Source> PollEvented<E> open(E source, Registry registry, Loop loop) throws IOException {
        PollEvented<E> evented = new PollEvented<>(source, registry, loop);
        registry.register(source, evented);
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
            waiters.add(task, loop);
            return false;
        }
        return task.spend(0);
    }

    /**
     * Which of these bits of {@link Ready} are set; 0 if none is, or the task's budget is used up: then the task is kept until
     * one of them is, or has been woken. To wait for a hang-up, ask for {@link Ready#READ_CLOSED} and its like.
     *
     * @param mask the bits, at least one
     * @throws UnsupportedOperationException if none of them is ever told here: channels tell {@link Ready#READ} and
     *     {@link Ready#WRITE} only, and a hang-up as these
     */
    public int pollReady(Task task, int mask) throws IOException {
        loop.check();
        if ((mask & registry.tells()) == 0) {
            throw new UnsupportedOperationException("none of the bits " + mask + " is ever told of " + source);
        }
        int bits = ready & mask;
        if (bits != 0) {
            return task.spend(0) ? bits : 0;
        }
        if (closed) {
            throw new ClosedChannelException();
        }
        if ((mask & ~WRITES) != 0) {
            readers.add(task, loop);
        }
        if ((mask & ~READS) != 0) {
            writers.add(task, loop);
        }
        return 0;
    }

    /**
     * One try to read, by the whole protocol: the attempt's answer, or {@code NOT_READY} if it was not worth while. After
     * {@link Transfer#NOT_READY} the task is kept or has been woken. Allocates nothing; an attempt that captures nothing
     * doesn't either.
     */
    public int tryRead(Task task, Attempt<? super E> attempt) throws IOException {
        if (!pollRead(task)) {
            return Transfer.NOT_READY;
        }
        int count = attempt.on(source);
        if (count == Transfer.NOT_READY) {
            needRead(task);
        } else {
            didRead(task, Math.max(count, 0), false);
        }
        return count;
    }

    /** One try to write, as {@link #tryRead}. */
    public int tryWrite(Task task, Attempt<? super E> attempt) throws IOException {
        if (!pollWrite(task)) {
            return Transfer.NOT_READY;
        }
        int count = attempt.on(source);
        if (count == Transfer.NOT_READY) {
            needWrite(task);
        } else {
            didWrite(task, Math.max(count, 0), false);
        }
        return count;
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
        if (closed) {
            task.wake(); // the attempt itself has closed it, as the next poll says
            return;
        }
        ready &= ~direction;
        waiters.add(task, loop);
        registry.rearm(source, direction);
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
        if (hot != null && bytes > 0) {
            hot.read(this);
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
        task.spend(Task.cost(bytes));
    }

    private void clear(int direction) {
        ready &= ~direction;
        registry.rearm(source, direction);
    }

    /**
     * Has something closed with the source, on the loop's thread and just before it, whoever closes it, the Core too; what was
     * named last goes first. At once if this is closed already. {@link #deregister} leaves it alone.
     */
    public void onClose(Closeable companion) throws IOException {
        loop.check();
        if (closed) {
            companion.close();
            return;
        }
        Closeable earlier = companions;
        companions = () -> {
            try (earlier) {
                companion.close();
            }
        };
    }

    /** Whether {@link #close} or {@link #deregister} was called, or the Core closed. */
    public boolean isClosed() {
        return closed;
    }

    /** For the selector: sets the bits and wakes who waits for them. */
    @Override
    public int ready(int bits) {
        int idle = 0;
        if ((bits & Ready.READ) != 0) {
            idle = readers.isEmpty() ? ready & Ready.READ : 0;
            readers.wake(loop);
        }
        if ((bits & Ready.WRITE) != 0) {
            idle |= writers.isEmpty() ? ready & Ready.WRITE : 0;
            writers.wake(loop);
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

    /** Closes it where nobody would hear of a failure but the Core's handler. */
    void closeLater() {
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
        Closeable with = companions;
        try (source;
                with) {
            release();
        }
    }

    /**
     * Gives the source back, open and no longer watched; it may be registered anew, also with another loop. This is as good as
     * closed: whoever waits is woken and finds {@link ClosedChannelException}.
     *
     * @throws ClosedChannelException if it is closed
     */
    public E deregister() throws IOException {
        loop.check();
        if (closed) {
            throw new ClosedChannelException();
        }
        release();
        return source;
    }

    private void release() throws IOException {
        closed = true;
        ready = 0;
        loop.forget(this);
        if (hot != null) {
            hot.forget(this);
        }
        try {
            registry.deregister(source);
        } finally {
            readers.wake(loop);
            writers.wake(loop);
        }
    }

    @Override
    public String toString() {
        return "PollEvented[" + source + "]";
    }
}
