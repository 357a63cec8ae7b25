package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A spawned future, its task, its node in the queue and its join handle, in one object.
 *
 * <pre>
 *            wake: push             run                    poll: ready, throws; abort
 *   IDLE ──────────────► NOTIFIED ───────► RUNNING ──────────────────────────────────► DONE
 *    ▲                      ▲                │  │ wake
 *    │                      │ push           │  ▼
 *    │                      └──────────── RUNNING|NOTIFIED
 *    └───────── poll: pending ───────────────┘
 * </pre>
 *
 * A node is pushed only by who moves it from IDLE to NOTIFIED, or by the loop after a run: never twice.
 *
 * <p><b>Ordering.</b> Every change of state is a read-modify-write, a full fence: a waker's earlier writes are seen by the
 * poll that its wake asks for, also where the wake found the task notified already. {@code aborted} is set before a wake
 * and read after the exchange to RUNNING. The outcome is guarded by the object's monitor, which the hot path never takes.
 */
final class SpawnedTask<T extends @Nullable Object> extends TaskQueue.Node implements Task, JoinHandle<T> {
    /** Units that a poll may spend, see {@link Task#spend}. */
    static final int BUDGET = 128;

    private static final int IDLE = 0;
    private static final int NOTIFIED = 1;
    private static final int RUNNING = 2;
    private static final int DONE = 4;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(SpawnedTask.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Loop loop;
    final boolean spawned;
    private final @Nullable Watched watched; // null but in debug mode
    private @Nullable SpawnFunction<T> start;
    private @Nullable Future<T> future;
    private int budget;

    private volatile int state;

    private volatile boolean aborted;
    private @Nullable Poll<T> value;
    private @Nullable Throwable failure;
    private @Nullable Waiters joiners;
    private @Nullable CompletableFuture<T> promise;

    /** Neighbours among the loop's live tasks; loop only. */
    @Nullable SpawnedTask<?> previousLive;

    @Nullable SpawnedTask<?> nextLive;

    boolean live;

    private SpawnedTask(
            Loop loop, boolean spawned, boolean users, @Nullable SpawnFunction<T> start, @Nullable Future<T> future) {
        this.loop = loop;
        this.spawned = spawned;
        this.watched = users ? loop.watch(this) : null;
        this.start = start;
        this.future = future;
    }

    static <T extends @Nullable Object> SpawnedTask<T> of(Loop loop, Future<T> future) {
        return new SpawnedTask<>(loop, true, true, null, future);
    }

    static <T extends @Nullable Object> SpawnedTask<T> building(Loop loop, SpawnFunction<T> start) {
        return new SpawnedTask<>(loop, true, true, start, null);
    }

    /** The future that {@link Core#run} waits for: what it fails with is the caller's and not the handler's. */
    static <T extends @Nullable Object> SpawnedTask<T> main(Loop loop, Future<T> future) {
        return new SpawnedTask<>(loop, false, true, null, future);
    }

    /** One of the loop's own; who wakes it holds the task itself. */
    static <T extends @Nullable Object> SpawnedTask<T> internal(Loop loop, Future<T> future) {
        return new SpawnedTask<>(loop, false, false, null, future);
    }

    @Override
    public void wake() {
        if ((int) STATE.getAndBitwiseOr(this, NOTIFIED) == IDLE) {
            loop.push(this);
        }
    }

    @Override
    public boolean spend(int cost) {
        if (budget <= 0) {
            wake();
            return false;
        }
        budget -= cost;
        return true;
    }

    /** One poll, on the loop's thread. */
    void run() {
        if (((int) STATE.getAndSet(this, RUNNING) & DONE) != 0) {
            STATE.setVolatile(this, DONE);
            return;
        }
        if (aborted) {
            cancelNow(new CancellationException("aborted"));
            return;
        }
        budget = BUDGET;
        Poll<T> answer;
        try {
            answer = poll();
        } catch (Throwable e) {
            fail(e);
            return;
        }
        if (answer.isPending()) {
            if (!STATE.compareAndSet(this, RUNNING, IDLE)) {
                STATE.getAndSet(this, NOTIFIED);
                loop.push(this);
            }
        } else {
            end(answer, null);
        }
    }

    private Poll<T> poll() throws Exception {
        Future<T> polled = future;
        if (polled == null) {
            SpawnFunction<T> build = start;
            if (build == null) {
                throw new AssertionError("a task without a future is run");
            }
            start = null;
            polled = build.apply(loop.pinned);
            future = polled;
        }
        if (!live) {
            loop.adopt(this);
        }
        Poll<T> answer = watched == null ? polled.poll(this) : watched.poll(polled);
        if (!answer.isPending()) {
            answer.value(); // neither null nor a stream's end is an answer: the task fails here
        }
        return answer;
    }

    private void fail(Throwable e) {
        end(null, e);
        if (spawned) {
            loop.uncaught(e);
        }
        if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
            throw (VirtualMachineError) e;
        }
    }

    /** Cancels the future where it stands. Loop thread, or who drains the queue of a closed loop. */
    void cancelNow(Throwable reason) {
        Future<T> cancelled = future;
        if (cancelled != null && !isDone()) {
            try {
                cancelled.cancel();
            } catch (Throwable e) {
                loop.uncaught(e);
            }
        }
        end(null, reason);
    }

    private void end(@Nullable Poll<T> result, @Nullable Throwable error) {
        Waiters joined;
        CompletableFuture<T> promised;
        synchronized (this) {
            if (value != null || failure != null) {
                return;
            }
            value = result;
            failure = error;
            joined = joiners;
            joiners = null;
            promised = promise;
        }
        STATE.setVolatile(this, DONE);
        future = null;
        start = null;
        loop.release(this);
        if (joined != null) {
            joined.wake(loop);
        }
        if (promised != null) {
            fulfil(promised);
        }
    }

    @Override
    public void abort() {
        aborted = true;
        wake();
    }

    @Override
    public synchronized boolean isDone() {
        return value != null || failure != null;
    }

    /** Whether another wake is of no use; takes no lock. */
    boolean over() {
        return (state & DONE) != 0;
    }

    /** Whether it has been polled and not woken since. */
    boolean waits() {
        return state == IDLE;
    }

    /** Whether it has ended; loop thread only. */
    boolean ended() {
        return future == null && start == null;
    }

    /** What {@link Core#run} returns or throws, once it has ended. */
    T result() throws IOException {
        if (failure == null) {
            return Objects.requireNonNull(value).value();
        }
        throw thrown(failure);
    }

    /** What someone throws who may throw an IOException for what a future has thrown: unchecked ones leave from here. */
    static IOException thrown(Throwable e) {
        if (e instanceof IOException io) {
            return io;
        }
        if (e instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (e instanceof Error error) {
            throw error;
        }
        throw new CompletionException(e);
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        synchronized (this) {
            if (value != null) {
                return value;
            }
            if (failure == null) {
                if (joiners == null) {
                    joiners = new Waiters();
                }
                joiners.add(task, loop);
                return Poll.pending();
            }
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        throw (Error) failure;
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        CompletableFuture<T> given;
        synchronized (this) {
            if (promise != null) {
                return promise;
            }
            given = new Promise<>(this);
            promise = given;
            if (!isDone()) {
                return given;
            }
        }
        fulfil(given);
        return given;
    }

    private void fulfil(CompletableFuture<T> promised) {
        if (value != null) {
            promised.complete(value.value());
        } else {
            promised.completeExceptionally(failure);
        }
    }

    private static final class Promise<T extends @Nullable Object> extends CompletableFuture<T> {
        private final JoinHandle<T> handle;

        Promise(JoinHandle<T> handle) {
            this.handle = handle;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                handle.abort();
            }
            return cancelled;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }
}
