package gyre.future;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A future that an executor polls: once for each time that it was woken, never by two threads at once.
 *
 * <pre>
 *             wake: execute                run              ready, throws, cancelled, refused, dropped
 *   WAITING ─────────────────► NOTIFIED ─────────► POLLING ──────────────────────────────────────────► COMPLETE
 *      ▲                          ▲                 │   │ wake
 *      │                          │ pending:        │   ▼
 *      │                          └─ execute ─── POLLING|NOTIFIED
 *      └────────── pending ─────────────────────────┘
 * </pre>
 *
 * <p><b>Ordering.</b> Each change of state is a read-modify-write and so a full fence. Who moves it from WAITING to NOTIFIED
 * hands this over to the executor, and so does the poll that was woken while it ran: never twice. Who moves it on from there
 * has it for itself: the executor's thread, or who drops it instead. Whatever a waker wrote is seen by the poll that follows,
 * also where the wake found the state NOTIFIED: the exchange to POLLING reads it. {@code cancelled} is set before a wake and
 * read after that exchange. Plain fields belong to who is between NOTIFIED and the next state, or to the owner before the
 * first wake.
 */
final class Run<T extends @Nullable Object> extends Job<T> implements Task {
    /** Units that a poll may spend, so that a future which is always ready can be cancelled, and others have their turn. */
    private static final int BUDGET = 128;

    private static final int WAITING = 0;
    private static final int NOTIFIED = 1;
    private static final int POLLING = 2;
    private static final int COMPLETE = 4;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Run.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Executor executor;
    private @Nullable Future<T> future;
    private int budget;
    private volatile boolean cancelled;
    private volatile int state;

    Run(Executor executor, Future<T> future) {
        super(() -> {
            throw new AssertionError("polled instead");
        });
        this.executor = executor;
        this.future = future;
    }

    @Override
    public void wake() {
        if ((int) STATE.getAndBitwiseOr(this, NOTIFIED) == WAITING) {
            submit();
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

    /** Gives up at the next poll, on the executor; here, if nothing has begun or nothing can go on there. */
    void giveUp(boolean begun) {
        arrival.leave();
        if (!begun) {
            drop();
            return;
        }
        cancelled = true;
        wake();
        if (arrival.isHere()) {
            drop();
        }
    }

    /** Cancels the future, unless it has ended: before the first wake, or after the executor has refused or dropped this. */
    void drop() {
        Future<T> left;
        synchronized (this) { // the owner and a waker may be at it
            left = future;
            future = null;
        }
        if (left != null) {
            left.cancel();
        }
    }

    @Override
    public void run() {
        if (!STATE.compareAndSet(this, NOTIFIED, POLLING)) {
            return; // was cancelled, as dropped
        }
        Future<T> running = Objects.requireNonNull(future);
        if (cancelled) {
            end();
            super.cancel(false);
            running.cancel();
            return;
        }
        budget = BUDGET;
        Poll<T> answer;
        try {
            answer = running.poll(this);
            if (!answer.isPending()) {
                T value = answer.value();
                end();
                set(value);
                return;
            }
        } catch (Throwable t) {
            end();
            setException(t);
            return;
        }
        if (!STATE.compareAndSet(this, POLLING, WAITING)) {
            STATE.getAndSet(this, NOTIFIED);
            submit();
        }
    }

    private void end() {
        future = null;
        STATE.getAndSet(this, COMPLETE);
    }

    private void submit() {
        try {
            executor.execute(this);
        } catch (Throwable t) {
            STATE.getAndSet(this, COMPLETE);
            setException(t);
            leftBehind();
        }
    }

    /** For whoever drops what the executor had accepted: as if it had refused. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!STATE.compareAndSet(this, NOTIFIED, COMPLETE)) {
            return false;
        }
        super.cancel(false);
        leftBehind();
        return true;
    }

    /**
     * The owner learns of the failure and drops the future. One that has given up and looked already does not: it has set
     * {@code cancelled} before its look, as the failure was brought before this look, so one of them sees the other.
     */
    private void leftBehind() {
        if (cancelled) {
            drop();
        }
    }
}
