package gyre.reactor;

import gyre.future.Future;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An event loop. It runs on the thread that calls {@link #run} or {@link #turn}; spawned tasks survive the return of
 * either and go on in the next.
 *
 * <p><b>Threads.</b> The opener owns it, until the first {@code run} or {@code turn} on another thread moves it there; one
 * thread at a time. {@link #handle}, {@link #id} and {@link #close} work from any thread.
 */
public final class Core implements Closeable {
    private static final ThreadLocal<@Nullable Core> INSIDE = new ThreadLocal<>();

    private final Loop loop;
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private final CountDownLatch tornDown = new CountDownLatch(1);
    private volatile boolean closing;

    Core(Loop loop) {
        this.loop = loop;
    }

    /** Opens one with the default options; see {@link CoreBuilder#open} for what can go wrong. */
    public static Core open() throws IOException {
        return builder().open();
    }

    /** Options for a Core. */
    public static CoreBuilder builder() {
        return new CoreBuilder();
    }

    /** Unique in the process, never used again. */
    public long id() {
        return loop.id;
    }

    /** How other code, on any thread, reaches this loop. */
    public Handle handle() {
        return loop.handle;
    }

    /** The name of the backend in use: {@code epoll}, {@code nio}, ... */
    public String backend() {
        return loop.backend.name();
    }

    /**
     * Turns until this future is done. It is polled once before the first turn; one that is ready at once touches nothing
     * else. Borrowed only: if this throws because the Core is closed, the future has been cancelled.
     *
     * @return the future's value
     * @throws IOException if the future failed so, or the system's queue did
     * @throws CompletionException around any other checked exception of the future; unchecked ones come as they are
     * @throws LoopClosedException if the Core is closed, before or meanwhile
     * @throws IllegalStateException if another thread is inside, this thread is inside a Core already, or it is virtual
     */
    public <T extends @Nullable Object> T run(Future<T> future) throws IOException {
        Objects.requireNonNull(future, "future");
        enter();
        SpawnedTask<T> main = SpawnedTask.main(loop, future);
        try {
            main.run();
            while (!main.ended()) {
                turnOnce(Long.MAX_VALUE);
            }
            return main.result();
        } catch (VirtualMachineError e) {
            closeFor(e);
            throw e;
        } finally {
            if (!main.ended()) {
                main.cancelNow(new CancellationException("run was left by an exception"));
            }
            leave();
        }
    }

    /**
     * One turn: waits for something to happen, at most this long, and runs the tasks that are then queued.
     *
     * @param maxWait at least zero, which only looks; null waits without limit
     * @throws IllegalArgumentException if it is negative
     * @throws LoopClosedException if the Core is closed
     * @throws IllegalStateException as in {@link #run}
     */
    public void turn(@Nullable Duration maxWait) throws IOException {
        long nanos = maxWait == null ? Long.MAX_VALUE : Times.nanos(maxWait, "maxWait");
        enter();
        try {
            turnOnce(nanos);
        } catch (VirtualMachineError e) {
            closeFor(e);
            throw e;
        } finally {
            leave();
        }
    }

    /**
     * Turns until no spawned task is left, at most that long: to let work end before closing. A task that waits for something
     * counts as left, as do those spawned meanwhile.
     *
     * @param atMost at least zero, which only asks; null goes on without limit
     * @return whether none is left
     * @throws IllegalArgumentException if it is negative
     * @throws LoopClosedException if the Core is closed, before or meanwhile
     * @throws IllegalStateException as in {@link #run}
     */
    public boolean runUntilIdle(@Nullable Duration atMost) throws IOException {
        long nanos = atMost == null ? Long.MAX_VALUE : Times.nanos(atMost, "atMost");
        enter();
        try {
            long end = Times.deadline(loop.now(), nanos);
            for (long left = nanos; left > 0 && !loop.isIdle(); left = end - loop.now()) {
                turnOnce(atMost == null ? Long.MAX_VALUE : left);
                if (loop.isClosed()) {
                    throw loop.closedException();
                }
            }
            return loop.isIdle();
        } catch (VirtualMachineError e) {
            closeFor(e);
            throw e;
        } finally {
            leave();
        }
    }

    /**
     * Cancels every task, closes every socket, completes every {@link JoinHandle}, and releases what the loop holds; later
     * calls fail with {@link LoopClosedException}. Inside a task it only marks, and happens at the end of the turn. From
     * another thread it waits until it has happened, except inside another Core: no loop waits for a loop. From any thread,
     * any number of times; where nobody is inside {@code run}, the closer becomes the owner, and the owner so far must have
     * let go of its sockets.
     */
    @Override
    public void close() throws IOException {
        closing = true;
        Thread me = Thread.currentThread();
        if (inside.get() == me || tornDown.getCount() == 0) {
            return;
        }
        loop.ring();
        Core outer = INSIDE.get();
        if (inside.compareAndSet(null, me)) {
            INSIDE.set(this);
            try {
                loop.own();
                tearDown(null);
            } finally {
                INSIDE.set(outer);
                inside.set(null);
            }
            return;
        }
        if (outer != null) {
            return;
        }
        boolean interrupted = false;
        while (tornDown.getCount() > 0) {
            try {
                tornDown.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            me.interrupt();
        }
    }

    @Override
    public String toString() {
        return "Core[loop " + loop.id + ", " + backend() + "]";
    }

    /** Marks it, for the thread that runs it, or is about to, to close it; waits for nothing. */
    void closeLater() {
        closing = true;
        loop.ring();
    }

    /** The one that this thread runs; null on a thread that runs none. */
    static @Nullable Core inside() {
        return INSIDE.get();
    }

    static void refuseVirtualThread() {
        Thread thread = Thread.currentThread();
        String type = thread.getClass().getName(); // Thread.isVirtual came with JDK 21
        if (type.startsWith("java.lang.") && type.contains("VirtualThread")) {
            throw new IllegalStateException("a Core needs a platform thread, this is " + thread);
        }
    }

    private void turnOnce(long nanos) throws IOException {
        loop.turn(nanos);
        if (closing) {
            tearDown(null);
        }
    }

    private void closeFor(VirtualMachineError e) throws IOException {
        if (!(e instanceof StackOverflowError)) {
            tearDown(e);
        }
    }

    private void enter() throws IOException {
        refuseVirtualThread();
        Core other = INSIDE.get();
        if (other != null) {
            throw new IllegalStateException("this thread is inside " + other + " already");
        }
        Thread me = Thread.currentThread();
        if (!inside.compareAndSet(null, me)) {
            if (closing) {
                throw loop.closedException();
            }
            throw new IllegalStateException(this + " is being run by another thread, " + inside.get());
        }
        if (closing) {
            inside.set(null);
            close(); // a closer that came just before found us inside, and waits
            throw loop.closedException();
        }
        INSIDE.set(this);
        loop.own();
        try {
            loop.bind();
        } catch (Throwable e) {
            leave();
            throw e;
        }
    }

    private void leave() throws IOException {
        try {
            if (closing) {
                tearDown(null);
            }
        } finally {
            boolean interrupted = loop.selector().interrupted();
            INSIDE.remove();
            try {
                loop.unbind();
            } finally {
                inside.set(null);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                if (closing) { // a closer that came just before found us inside, and waits
                    close();
                }
            }
        }
    }

    private void tearDown(@Nullable Throwable cause) throws IOException {
        closing = true;
        if (tornDown.getCount() > 0) {
            try {
                loop.close(cause);
            } finally {
                tornDown.countDown();
            }
        }
    }
}
